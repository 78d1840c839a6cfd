package org.podpath.engine.packet;

/**
 * Data Center TCP's window: shrinks once a round trip by half the share of marked bytes.
 *
 * <p>Source: RFC 8257 section 3.3; the estimate begins at 1 as section 4.2 advises.
 */
final class Dctcp extends CongestionControl {
  /** RFC 8257 section 4.2: the weight g of the new share, 1/16. */
  private static final double GAIN = 1.0 / 16;

  private double markedRatio = 1;
  private long windowBytesSeen;
  private long windowBytesMarked;
  private long windowEnd;
  private long reducedUpTo;

  Dctcp(int segmentBytes, int initialSegments) {
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

  /** An acknowledgement told of {@code markedBytes} among {@code bytes}, up to {@code offset}. */
  void marked(long bytes, long markedBytes, long offset, long sentOffset) {
    windowBytesSeen += bytes;
    windowBytesMarked += markedBytes;
    if (offset > windowEnd) {
      if (windowBytesSeen > 0) {
        double share = (double) windowBytesMarked / windowBytesSeen;
        markedRatio = (1 - GAIN) * markedRatio + GAIN * share;
      }
      windowBytesSeen = 0;
      windowBytesMarked = 0;
      windowEnd = sentOffset;
    }
    if (markedBytes > 0 && offset > reducedUpTo) {
      shrinkTo(windowBytes * (1 - markedRatio / 2));
      reducedUpTo = sentOffset;
    }
  }
}
