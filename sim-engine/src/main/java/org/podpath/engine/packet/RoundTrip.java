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

  private final long leastTimeoutPs;
  private long smoothedPs;
  private long variancePs;
  private long timeoutPs = FIRST_TIMEOUT_PS;
  private long timedOffset;
  private long timedSincePs;
  private long lastPs;

  RoundTrip(long leastTimeoutPs) {
    this.leastTimeoutPs = leastTimeoutPs;
  }

  /** Nothing is known any more. */
  void forget() {
    smoothedPs = 0;
    timeoutPs = FIRST_TIMEOUT_PS;
    timedOffset = 0;
  }

  /** Everything before {@code offset} has been sent for the first time. */
  void sent(long offset, long nowPs) {
    if (timedOffset == 0) {
      timedOffset = offset;
      timedSincePs = nowPs;
    }
  }

  /** Something was sent again: an answer would not tell which of the two it answers. */
  void sentAgain() {
    timedOffset = 0;
  }

  /** Everything before {@code offset} has arrived. */
  void arrived(long offset, long nowPs) {
    if (timedOffset > 0 && offset >= timedOffset) {
      sample(nowPs - timedSincePs);
      timedOffset = 0;
    }
  }

  /**
   * The least time-out bounds the variance, as in Linux (net/ipv4/tcp_input.c, tcp_rtt_estimator):
   * a round trip that is always the same would otherwise time out while a lost segment is repaired.
   */
  private void sample(long roundTripPs) {
    lastPs = roundTripPs;
    if (smoothedPs == 0) {
      smoothedPs = roundTripPs;
      variancePs = roundTripPs / 2;
    } else {
      variancePs += (Math.abs(smoothedPs - roundTripPs) - variancePs) / 4;
      smoothedPs += (roundTripPs - smoothedPs) / 8;
    }
    timeoutPs = smoothedPs + Math.max(leastTimeoutPs, 4 * variancePs);
  }

  /** The time-out was in vain: the next one is twice as long. */
  void backOff() {
    timedOffset = 0;
    timeoutPs = Math.min(2 * timeoutPs, LONGEST_TIMEOUT_PS);
  }

  long smoothedPs() {
    return smoothedPs;
  }

  long timeoutPs() {
    return timeoutPs;
  }

  /** The last measurement, once: 0 if there is none since the last call. */
  long takeLastPs() {
    long last = lastPs;
    lastPs = 0;
    return last;
  }
}
