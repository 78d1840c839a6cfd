package org.podpath.engine.packet;

/**
 * The round trip of a connection, timed one segment at a time, and the time-out that follows from
 * it (RFC 6298 section 2). A segment that was sent again is not timed (section 3).
 */
final class RoundTrip {
  /** RFC 6298 section 2.1: before the first measurement. */
  private static final long FIRST_TIMEOUT_PS = 1_000_000_000_000L;
  /** Linux, include/net/tcp.h, TCP_RTO_MAX. */
  private static final long LONGEST_TIMEOUT_PS = 120_000_000_000_000L;

  /** So often doubled, any time-out is longer than the longest. */
  private static final int MOST_BACK_OFFS = 62;

  private long smoothedPs;
  private long variancePs;
  /** Ends the segment that is timed; 0: none is. */
  private long timedOffset;
  /** When that was sent; once it has arrived, how long its round trip took. */
  private long timedPs;
  private boolean measured;
  /** Time-outs since the last measurement. */
  private byte backOffs;

  /** Nothing is known any more. */
  void forget() {
    smoothedPs = 0;
    backOffs = 0;
    timedOffset = 0;
  }

  /** Everything before {@code offset} has been sent for the first time. */
  void sent(long offset, long nowPs) {
    if (timedOffset == 0) {
      timedOffset = offset;
      timedPs = nowPs;
      measured = false;
    }
  }

  /** Something was sent again: an answer would not tell which of the two it answers. */
  void sentAgain() {
    timedOffset = 0;
  }

  /** Everything before {@code offset} has arrived. */
  void arrived(long offset, long nowPs) {
    if (timedOffset > 0 && offset >= timedOffset) {
      timedPs = nowPs - timedPs;
      measured = true;
      timedOffset = 0;
      sample(timedPs);
    }
  }

  private void sample(long roundTripPs) {
    backOffs = 0;
    if (smoothedPs == 0) {
      smoothedPs = roundTripPs;
      variancePs = roundTripPs / 2;
    } else {
      variancePs += (Math.abs(smoothedPs - roundTripPs) - variancePs) / 4;
      smoothedPs += (roundTripPs - smoothedPs) / 8;
    }
  }

  /** A time-out was in vain: the next one is twice as long. */
  void backOff() {
    timedOffset = 0;
    backOffs = (byte) Math.min(backOffs + 1, MOST_BACK_OFFS);
  }

  long smoothedPs() {
    return smoothedPs;
  }

  /**
   * How long to wait for an answer. The least time-out bounds the variance, as in Linux
   * (net/ipv4/tcp_input.c, tcp_rtt_estimator): a round trip that is always the same would otherwise
   * time out while a lost segment is repaired.
   */
  long timeoutPs(long leastTimeoutPs) {
    long firstPs =
        smoothedPs == 0
            ? FIRST_TIMEOUT_PS
            : smoothedPs + Math.max(leastTimeoutPs, 4 * variancePs);
    if (backOffs == 0) {
      return firstPs;
    }
    return firstPs > LONGEST_TIMEOUT_PS >> backOffs ? LONGEST_TIMEOUT_PS : firstPs << backOffs;
  }

  /**
   * What the segment that was timed took if its arrival is the last that was heard of, once: 0
   * otherwise.
   */
  long takeLastPs() {
    if (!measured) {
      return 0;
    }
    measured = false;
    return timedPs;
  }
}
