package org.podpath.engine.packet;

import java.util.Arrays;

/**
 * One array for the frames of many links, cut into stretches whose lengths are powers of two; what is
 * given back is taken again.
 */
final class FrameMemory {
  private long[] slots;
  private int end;
  /** Stretches that nobody uses, by the power of two. */
  private final int[][] unused = new int[Integer.SIZE][4];
  private final int[] counts = new int[Integer.SIZE];

  /** Room for so many frames; more when they are taken. */
  FrameMemory(int frames) {
    slots = new long[frames << FrameRing.STRIDE_SHIFT];
  }

  /** The array, another one whenever it has grown. */
  long[] slots() {
    return slots;
  }

  /** Where a stretch of so many frames may begin, which is in use from now on. */
  int take(int frames) {
    int kind = Integer.numberOfTrailingZeros(frames);
    if (counts[kind] > 0) {
      return unused[kind][--counts[kind]];
    }
    int start = end;
    end += frames;
    int wanted = end << FrameRing.STRIDE_SHIFT;
    if (wanted > slots.length) {
      slots = Arrays.copyOf(slots, Math.max(wanted, 2 * slots.length));
    }
    return start;
  }

  /** Copies so many frames. */
  void copy(int from, int to, int frames) {
    int shift = FrameRing.STRIDE_SHIFT;
    System.arraycopy(slots, from << shift, slots, to << shift, frames << shift);
  }

  /** A stretch is no longer in use. */
  void give(int start, int frames) {
    int kind = Integer.numberOfTrailingZeros(frames);
    if (counts[kind] == unused[kind].length) {
      unused[kind] = Arrays.copyOf(unused[kind], 2 * counts[kind]);
    }
    unused[kind][counts[kind]++] = start;
  }
}
