package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.podpath.engine.kernel.Simulator;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Range;
import org.podpath.experiments.yaml.YamlPath;

/** Datagrams in one direction. */
@Explain("Datagrams (UDP) in one direction at a rate of their own, whether or not they arrive;"
    + " write either rate or packets, and either bytes or duration.")
public record Datagrams(
    @Explain("Pod that sends.") String from,
    @Explain("Pod that receives.") String to,
    @Explain("Payload of each datagram; the last may be shorter.")
    @Range(least = 1, most = Datagrams.MOST_SIZE_BYTES) long sizeBytes,
    @Explain("Mean payload sent per second.")
    @Default("what packets make")
    @Range(least = 1, most = 8_000_000_000_000L) OptionalLong rateBitsPerSecond,
    @Explain("Mean number of datagrams sent per second.")
    @Default("what rate makes")
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
    checkOne("rate", rateBitsPerSecond, "packets", packetsPerHour, problems);
    checkOne("bytes", bytes, "duration", durationPs, problems);
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
  }

  private static void checkOne(
      String one, OptionalLong first, String other, OptionalLong second, List<Problem> problems) {
    if (first.isPresent() && second.isPresent()) {
      problems.add(
          new Problem(YamlPath.of(other), one + " says it already; write one of the two"));
    } else if (first.isEmpty() && second.isEmpty()) {
      problems.add(new Problem(YamlPath.of(one), "neither " + one + " nor " + other
          + "; write one of the two"));
    }
  }

  @Override
  public List<String> pods() {
    return List.of(from, to);
  }

  /** Mean time from one datagram to the next. */
  public long gapPs() {
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

  /** Payload of all: with a duration, of those that leave at equal intervals before its end. */
  public long totalBytes() {
    return bytes.isPresent()
        ? bytes.getAsLong()
        : Math.multiplyExact(Math.ceilDiv(durationPs.getAsLong(), gapPs()), sizeBytes);
  }
}
