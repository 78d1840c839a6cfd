package org.podpath.engine.packet;

import org.podpath.engine.datapath.Transport;

/**
 * The congestion window of one direction of a TCP connection: bytes that the network is taken to
 * hold. Slow start and what a time-out does are common (RFC 5681 sections 3.1 and 5681 equation 4).
 */
abstract sealed class CongestionControl permits Reno, Cubic, Dctcp {
  final int segmentBytes;
  double windowBytes;
  double thresholdBytes = Double.MAX_VALUE;

  CongestionControl(int segmentBytes, int initialSegments) {
    this.segmentBytes = segmentBytes;
    windowBytes = (double) segmentBytes * initialSegments;
  }

  /** The window of {@code transport}. */
  static CongestionControl of(Transport.Tcp transport, int segmentBytes) {
    return switch (transport.control()) {
      case RENO -> new Reno(segmentBytes, transport.initialSegments());
      case CUBIC -> new Cubic(segmentBytes, transport.initialSegments());
      case DCTCP -> new Dctcp(segmentBytes, transport.initialSegments());
    };
  }

  /**
   * So many bytes have arrived that were not known to, and the window was in use. Slow start ends
   * at the threshold, in the middle of an acknowledgement too (Linux, net/ipv4/tcp_cong.c,
   * tcp_slow_start).
   */
  final void acknowledged(long bytes, long nowPs, long roundTripPs) {
    long slowly = bytes;
    if (windowBytes < thresholdBytes) {
      double quickly = Math.min(bytes, thresholdBytes - windowBytes);
      windowBytes += quickly;
      slowly = (long) (bytes - quickly);
    }
    if (slowly > 0) {
      increase(slowly, nowPs, roundTripPs);
    }
  }

  /** Beyond slow start. */
  abstract void increase(long bytes, long nowPs, long roundTripPs);

  /** A loss was noticed with {@code flightBytes} on the way. */
  abstract void lost(long flightBytes);

  /** Nothing was heard for too long. */
  final void timedOut(long flightBytes) {
    lost(flightBytes);
    windowBytes = segmentBytes;
  }

  /** The connection has idled: it probes anew (RFC 5681 section 4.1). */
  final void restart(int initialSegments) {
    windowBytes = Math.min(windowBytes, (double) segmentBytes * initialSegments);
  }

  final void shrinkTo(double bytes) {
    thresholdBytes = Math.max(bytes, 2.0 * segmentBytes);
    windowBytes = thresholdBytes;
  }
}
