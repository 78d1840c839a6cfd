package org.podpath.engine.packet;

/** The receiving side of TCP in one direction: what has arrived, in order and beyond gaps. */
final class TcpReceiver {
  /** Null as long as nothing has arrived beyond a gap. */
  private ByteRanges beyond;
  private long next;

  /** Everything before it has arrived. */
  long next() {
    return next;
  }

  /** Whether bytes have arrived beyond a gap. */
  boolean hasGap() {
    return beyond != null && !beyond.isEmpty();
  }

  /** Bytes have arrived, for the first time or again. */
  void arrived(long offset, int bytes) {
    long end = offset + bytes;
    if (offset > next) {
      if (beyond == null) {
        beyond = new ByteRanges();
      }
      beyond.add(offset, end);
      return;
    }
    next = Math.max(next, end);
    if (hasGap()) {
      next = beyond.endFrom(next);
      beyond.removeBelow(next);
    }
  }

  /** Nothing is under way: there will be no gap for a while. */
  void rest() {
    if (!hasGap()) {
      beyond = null;
    }
  }

  /** The range beyond a gap that the last bytes belong to, relative to {@link #next()}; 0: none. */
  long told() {
    if (beyond == null || beyond.latest() < 0) {
      return 0;
    }
    int range = beyond.latest();
    return beyond.from(range) - next << 32 | beyond.to(range) - beyond.from(range);
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
