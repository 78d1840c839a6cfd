package org.podpath.engine.packet;

/** The receiving side of TCP in one direction: what has arrived, in order and beyond gaps. */
final class TcpReceiver {
  private final ByteRanges beyond = new ByteRanges();
  private long next;
  private long told;

  /** Everything before it has arrived. */
  long next() {
    return next;
  }

  /** Whether bytes have arrived beyond a gap. */
  boolean hasGap() {
    return !beyond.isEmpty();
  }

  /**
   * Bytes have arrived.
   *
   * @return whether they came in order with nothing waiting behind a gap
   */
  boolean arrived(long offset, int bytes) {
    long end = offset + bytes;
    told = 0;
    if (offset <= next) {
      next = Math.max(next, end);
      if (beyond.isEmpty()) {
        return true;
      }
      next = beyond.endFrom(next);
      beyond.removeBelow(next);
      return false;
    }
    int range = beyond.add(offset, end);
    told = beyond.from(range) - next << 32 | beyond.to(range) - beyond.from(range);
    return false;
  }

  /** The range beyond a gap that the last bytes belong to, relative to {@link #next()}; 0: none. */
  long told() {
    return told;
  }

  /** The first byte of such a range. */
  static long from(long next, long told) {
    return next + (told >>> 32);
  }

  /** The byte after its last. */
  static long to(long next, long told) {
    return from(next, told) + (told & 0xffff_ffffL);
  }
}
