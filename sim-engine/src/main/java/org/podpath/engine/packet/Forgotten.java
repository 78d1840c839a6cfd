package org.podpath.engine.packet;

import java.util.Arrays;

/** Stretches of memory that nobody uses any more, by length, a power of two. */
final class Forgotten {
  private final int[][] starts = new int[Integer.SIZE][4];
  private final int[] counts = new int[Integer.SIZE];

  void forget(int start, int length) {
    int kind = Integer.numberOfTrailingZeros(length);
    if (counts[kind] == starts[kind].length) {
      starts[kind] = Arrays.copyOf(starts[kind], 2 * counts[kind]);
    }
    starts[kind][counts[kind]++] = start;
  }

  /** The start of a stretch of this length, which is in use from now on; −1 if there is none. */
  int take(int length) {
    int kind = Integer.numberOfTrailingZeros(length);
    return counts[kind] == 0 ? -1 : starts[kind][--counts[kind]];
  }
}
