package org.podpath.engine.packet;

/**
 * NewReno's window: one segment more each round trip, half of what was on the way at a loss.
 *
 * <p>Source: RFC 5681 equations 3 and 4.
 */
final class Reno extends CongestionControl {
  Reno(int segmentBytes, int initialSegments) {
    super(segmentBytes, initialSegments);
  }

  @Override
  void increase(long bytes, long nowPs, long roundTripPs) {
    windowBytes += bytes * (segmentBytes / windowBytes);
  }

  @Override
  void lost(long flightBytes) {
    shrinkTo(flightBytes / 2.0);
  }
}
