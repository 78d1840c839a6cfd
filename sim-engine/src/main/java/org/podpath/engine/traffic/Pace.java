package org.podpath.engine.traffic;

import java.util.Optional;
import org.podpath.engine.kernel.RandomStream;

/**
 * How datagrams of a flow follow each other.
 *
 * @param datagramBytes payload of each, the last may be shorter
 * @param meanGapPs from one to the next; 0: as fast as the sender can
 * @param gaps name of the random stream that exponential gaps are drawn from, so that datagrams are
 *     a Poisson process; empty: all gaps are the same
 */
public record Pace(int datagramBytes, long meanGapPs, Optional<String> gaps) {
  public Pace {
    if (datagramBytes <= 0 || datagramBytes > 65_507 || meanGapPs < 0) {
      throw new IllegalArgumentException(
          "datagrams of " + datagramBytes + " bytes every " + meanGapPs
              + " ps; write 1 to 65,507 bytes (RFC 768) and a time from 0");
    }
  }

  /** Datagrams at equal intervals. */
  public static Pace every(int datagramBytes, long gapPs) {
    return new Pace(datagramBytes, gapPs, Optional.empty());
  }

  /** A Poisson process that draws from the run's random stream called {@code gaps}. */
  public static Pace poisson(int datagramBytes, long meanGapPs, String gaps) {
    return new Pace(datagramBytes, meanGapPs, Optional.of(gaps));
  }

  /** Time from a datagram to the next one; {@code stream} is asked only for random gaps. */
  public long nextGapPs(RandomStream stream) {
    return gaps.isPresent() ? Math.round(stream.exponential(meanGapPs)) : meanGapPs;
  }
}
