package org.podpath.engine.packet;

/**
 * NewReno's window: one segment more each round trip, half of what was on the way at a loss.
 *
 * <p>Sources: RFC 5681 equations 3 and 4; RFC 3168 section 6.1.2 for marks.
 */
final class Reno extends CongestionControl {
  private long reducedUpTo;

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

  @Override
  void marked(long bytes, long markedBytes, long offset, long sentOffset) {
    if (markedBytes > 0 && offset > reducedUpTo) {
      shrinkTo(windowBytes / 2);
      reducedUpTo = sentOffset;
    }
  }
}
