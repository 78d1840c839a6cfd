package org.podpath.engine.packet;

import java.util.Arrays;

/**
 * First-in, first-out queue of {@code long}s that grows and does not allocate once it is large
 * enough.
 */
final class LongRing {
  private long[] slots = new long[16];
  private int first;
  private int size;

  int size() {
    return size;
  }

  void add(long value) {
    if (size == slots.length) {
      long[] bigger = Arrays.copyOfRange(slots, first, first + 2 * size);
      System.arraycopy(slots, 0, bigger, size - first, first);
      slots = bigger;
      first = 0;
    }
    slots[(first + size++) & (slots.length - 1)] = value;
  }

  long peek() {
    return slots[first];
  }

  long remove() {
    long value = slots[first];
    first = (first + 1) & (slots.length - 1);
    size--;
    return value;
  }
}
