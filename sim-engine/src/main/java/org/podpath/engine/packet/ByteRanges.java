package org.podpath.engine.packet;

import java.util.Arrays;

/**
 * Disjoint ranges of bytes in rising order: what has arrived beyond a gap. Most connections never
 * see one, so that there is room for none at first.
 */
final class ByteRanges {
  private static final int FEW = 4;
  private static final long[] NONE = {};

  private long[] from = NONE;
  private long[] to = NONE;
  private int size;
  private int latest = -1;
  private long bytes;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Bytes in all ranges. */
  long bytes() {
    return bytes;
  }

  long from(int range) {
    return from[range];
  }

  long to(int range) {
    return to[range];
  }

  /** The range that holds the bytes that were added last; −1 since some were removed. */
  int latest() {
    return latest;
  }

  /** Adds the bytes from {@code first} to before {@code end}. */
  void add(long first, long end) {
    int at = size;
    while (at > 0 && from[at - 1] > first) {
      at--;
    }
    if (at > 0 && to[at - 1] >= first) {
      at--;
      if (to[at] >= end) {
        latest = at;
        return;
      }
      bytes += end - to[at];
      to[at] = end;
    } else {
      insert(at, first, end);
      bytes += end - first;
    }
    int merged = at + 1;
    while (merged < size && from[merged] <= to[at]) {
      long overlap = Math.min(to[at], to[merged]) - from[merged];
      bytes -= overlap;
      to[at] = Math.max(to[at], to[merged]);
      merged++;
    }
    remove(at + 1, merged);
    latest = at;
  }

  /** Forgets what lies before {@code offset}. */
  void removeBelow(long offset) {
    latest = -1;
    int gone = 0;
    while (gone < size && to[gone] <= offset) {
      bytes -= to[gone] - from[gone];
      gone++;
    }
    remove(0, gone);
    if (size > 0 && from[0] < offset) {
      bytes -= offset - from[0];
      from[0] = offset;
    }
  }

  /** Where the bytes that go on from {@code offset} without a gap end. */
  long endFrom(long offset) {
    return size > 0 && from[0] <= offset ? Math.max(offset, to[0]) : offset;
  }

  private void insert(int at, long first, long end) {
    if (size == from.length) {
      from = Arrays.copyOf(from, Math.max(FEW, 2 * size));
      to = Arrays.copyOf(to, Math.max(FEW, 2 * size));
    }
    System.arraycopy(from, at, from, at + 1, size - at);
    System.arraycopy(to, at, to, at + 1, size - at);
    from[at] = first;
    to[at] = end;
    size++;
  }

  private void remove(int first, int end) {
    if (first < end) {
      System.arraycopy(from, end, from, first, size - end);
      System.arraycopy(to, end, to, first, size - end);
      size -= end - first;
    }
  }
}
