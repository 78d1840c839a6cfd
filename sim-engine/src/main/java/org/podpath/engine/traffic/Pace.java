package org.podpath.engine.traffic;

import org.podpath.engine.kernel.RandomStream;

/**
 * How datagrams of a flow follow each other.
 *
 * @param datagramBytes payload of each, the last may be shorter
 * @param meanGapPs from one to the next
 * @param random whether gaps are exponential, so that datagrams are a Poisson process, or all the
 *     same
 */
public record Pace(int datagramBytes, long meanGapPs, boolean random) {
  public Pace {
    if (datagramBytes <= 0 || datagramBytes > 65_507 || meanGapPs < 0) {
      throw new IllegalArgumentException(
          "datagrams of " + datagramBytes + " bytes every " + meanGapPs
              + " ps; write 1 to 65,507 bytes (RFC 768) and a time from 0");
    }
  }

  /** Time from a datagram to the next one. */
  public long nextGapPs(RandomStream stream) {
    return random ? Math.round(stream.exponential(meanGapPs)) : meanGapPs;
  }
}
