package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.traffic.Flow;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Range;
import org.podpath.experiments.yaml.YamlPath;

/** Datagrams in one direction. */
@Explain("Datagrams (UDP) in one direction, whether or not they arrive, at a rate of their own or as"
    + " fast as the sender can; write either bytes or duration, and at most one of rate and packets.")
public record Datagrams(
    @Explain("Pod that sends.") String from,
    @Explain("Pod that receives.") String to,
    @Explain("Payload of each datagram; the last may be shorter.")
    @Range(least = 1, most = Datagrams.MOST_SIZE_BYTES) long sizeBytes,
    @Explain("Mean payload sent per second.")
    @Default("what packets make, or as much as the sender can")
    @Range(least = 1, most = 8_000_000_000_000L) OptionalLong rateBitsPerSecond,
    @Explain("Mean number of datagrams sent per second.")
    @Default("what rate makes, or as many as the sender can")
    @Range(least = 1, most = 3_600_000_000_000_000L) OptionalLong packetsPerHour,
    @Explain("When datagrams leave.") @Default("constant") Gaps arrivals,
    @Explain("Payload of all of them.")
    @Default("as many as duration allows")
    @Range(least = 1, most = 1_000_000_000_000_000L) OptionalLong bytes,
    @Explain("Time in which the rate sends them; with poisson arrivals the mean of it.")
    @Default("as long as bytes take")
    @Range(least = 1, most = Simulator.LONGEST_RUN_PS) OptionalLong durationPs) implements Job {
  /** What fits into an IP packet beside 28 bytes of headers (RFC 768, 791). */
  static final long MOST_SIZE_BYTES = 65_507;

  private static final double PS_PER_HOUR = 3_600e12;

  /** When datagrams leave. */
  public enum Gaps {
    /** One after the other. */
    @Explain("At equal intervals.") CONSTANT,
    /** Independent of each other. */
    @Explain("At exponentially distributed intervals.") POISSON
  }

  /**
   * Datagrams with one rate and one end.
   *
   * @throws InvalidParameters with everything that does not go together
   */
  public Datagrams {
    List<Problem> problems = new ArrayList<>();
    if (from.equals(to)) {
      problems.add(new Problem(YamlPath.of("to"), "'" + to + "' is the sender itself; write"
          + " another pod"));
    }
    checkBoth("rate", rateBitsPerSecond, "packets", packetsPerHour, problems);
    checkBoth("bytes", bytes, "duration", durationPs, problems);
    if (bytes.isEmpty() && durationPs.isEmpty()) {
      problems.add(new Problem(YamlPath.of("bytes"), "neither bytes nor duration; write one of the"
          + " two"));
    }
    boolean paced = rateBitsPerSecond.isPresent() || packetsPerHour.isPresent();
    if (!paced && arrivals == Gaps.POISSON) {
      problems.add(new Problem(YamlPath.of("arrivals"), "poisson arrivals have a mean rate; write"
          + " rate or packets"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
  }

  private static void checkBoth(
      String one, OptionalLong first, String other, OptionalLong second, List<Problem> problems) {
    if (first.isPresent() && second.isPresent()) {
      problems.add(
          new Problem(YamlPath.of(other), one + " says it already; write one of the two"));
    }
  }

  /** Whether they leave at a rate of their own, not as fast as the sender can. */
  public boolean paced() {
    return rateBitsPerSecond.isPresent() || packetsPerHour.isPresent();
  }

  @Override
  public List<String> pods() {
    return List.of(from, to);
  }

  /** Mean time from one datagram to the next; 0: as fast as the sender can. */
  public long gapPs() {
    if (!paced()) {
      return 0;
    }
    double gapPs =
        rateBitsPerSecond.isPresent()
            ? sizeBytes * 8e12 / rateBitsPerSecond.getAsLong()
            : PS_PER_HOUR / packetsPerHour.getAsLong();
    return Math.max(1, Math.round(gapPs));
  }

  /** Mean payload sent per second. */
  public double payloadBitsPerSecond() {
    return sizeBytes * 8e12 / gapPs();
  }

  /**
   * Payload of all: with a duration and a rate, of those that leave at equal intervals before its
   * end; without a rate, endless.
   */
  public long totalBytes() {
    if (!paced()) {
      return bytes.orElse(Flow.ENDLESS_BYTES);
    }
    return bytes.isPresent()
        ? bytes.getAsLong()
        : Math.multiplyExact(Math.ceilDiv(durationPs.getAsLong(), gapPs()), sizeBytes);
  }
}
