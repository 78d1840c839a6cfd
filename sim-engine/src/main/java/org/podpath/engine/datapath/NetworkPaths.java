package org.podpath.engine.datapath;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.podpath.engine.cluster.HostProfile;

/** The ways through hosts of every profile on one network, each added up once. */
public final class NetworkPaths {
  private final Network network;
  private final Interrupts.Card card;
  private final TreeMap<String, HostPaths> byProfile = new TreeMap<>();
  private final TreeMap<StreamShape, StreamCounts> streams = new TreeMap<>();

  /** Nothing added up yet. */
  public NetworkPaths(Network network) {
    this.network = network;
    card = Interrupts.Card.of(network.cni().receive());
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** What polls make of streams of this shape, played once. */
  StreamCounts streamCounts(HostProfile sender, HostProfile receiver, StreamShape shape) {
    StreamCounts counts = streams.get(shape);
    if (counts == null) {
      counts = new StreamPlay(network, sender, receiver, shape).counts();
      streams.put(shape, counts);
    }
    return counts;
  }

  /**
   * What should be known of streams that were played with cards of two timers, where either keeps itself
   * up: which one a card takes is left to how the stream began.
   */
  public Optional<String> twoRates() {
    return streams.values()
        .stream()
        .filter(StreamCounts::hasTwoRates)
        .max(Comparator.comparingDouble(StreamCounts::apartRatio))
        .map(
            counts -> String.format(
                Locale.ROOT,
                "an adaptive card may keep up either of its timers: a stream that was played at %.1f"
                    + " Gb/s goes at %.1f on the other",
                gigabitsPerSecond(counts.ps()), gigabitsPerSecond(counts.otherPs())));
  }

  private double gigabitsPerSecond(double framePs) {
    return network.segmentBytes() * 8e3 / framePs;
  }

  /** Of a receive queue of a network card that has raised none. */
  public Interrupts interrupts(HostProfile profile) {
    return new Interrupts(profile, card);
  }

  /** The ways through hosts of {@code profile}. */
  public HostPaths on(HostProfile profile) {
    HostPaths paths = byProfile.get(profile.name());
    if (paths == null) {
      paths = HostPaths.of(network, profile);
      byProfile.put(profile.name(), paths);
    }
    return paths;
  }
}
