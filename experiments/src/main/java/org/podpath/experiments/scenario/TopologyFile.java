package org.podpath.experiments.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.podpath.engine.cluster.Cable;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.PlainNumber;
import org.podpath.experiments.yaml.Range;

/** A network drawn by hand: its switches, and what is joined to what. */
@Explain("The file beside the scenario that draws a network; these are its keys: its switches, and"
    + " what is joined to what.")
public record TopologyFile(
    @Explain("Switches by name.") @Default("{}") Map<String, Node> switches,
    @Explain("Links, each a cable between two switches or a host and a switch.")
    @Range(least = 1) List<Line> links,
    @Explain("Network cards of each host; the first link of a host is that of its card 0.")
    @Default("1") @Range(least = 1, most = 64) int cards) {

  /** A switch. */
  @Explain("A switch.")
  public record Node(
      @Explain("Time that it takes to forward a packet.")
      @Default("cluster.switch-latency")
      @Range(most = 1_000_000_000_000L) OptionalLong latencyPs,
      @Explain("What its ports do with packets that cannot leave at once.")
      @Default("cluster.ports") Optional<Ports> ports) {}

  /** One or several cables between the same two. */
  @Explain("A link.")
  public record Line(
      @Explain("Switch or host at one end.") String from,
      @Explain("Switch or host at the other end.") String to,
      @Explain("Its speed, each way.")
      @Default("that of a network card")
      @Range(least = 1_000_000, most = 8_000_000_000_000L) OptionalLong rateBitsPerSecond,
      @Explain("Time that a bit takes along it.")
      @Default("cluster.link-delay, or 5 ns for each metre of length")
      @Range(most = 1_000_000_000_000L) OptionalLong delayPs,
      @Explain("Length of its cable, in place of delay.")
      @Default("none") @Range(most = 20_000_000_000L) OptionalLong lengthMillimetres,
      @Explain("Largest IP packet that it takes, in bytes.")
      @Default("cluster.mtu") @PlainNumber @Range(least = 576, most = 65_535) OptionalInt mtuBytes,
      @Explain("Whether it leads only from the first to the second.")
      @Default("false") boolean oneWay,
      @Explain("Cables side by side, each a link of its own.")
      @Default("1") @Range(least = 1, most = 128) int count) {
    public Line {
      if (delayPs.isPresent() && lengthMillimetres.isPresent()) {
        throw new InvalidParameters("length",
            "delay says already how long a bit takes; write one of"
                + " the two");
      }
    }

    /** The cable, as {@code usual} where the file does not say. */
    Cable cable(Cable usual) {
      long usualDelayPs =
          lengthMillimetres.isPresent()
              ? Cable.delayPs(lengthMillimetres.getAsLong())
              : usual.delayPs();
      return new Cable(
          rateBitsPerSecond.orElse(usual.bitsPerSecond()),
          delayPs.orElse(usualDelayPs),
          mtuBytes.orElse(usual.mtuBytes()));
    }
  }
}
