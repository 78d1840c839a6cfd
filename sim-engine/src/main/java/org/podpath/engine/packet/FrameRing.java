package org.podpath.engine.packet;

/**
 * Frames in order, first in, first out: four {@code long}s each in one array that grows by doubling.
 * The fourth is whatever the owner wants to know of a frame, such as when it arrives.
 *
 * <p>Only as much of the array is used in turn as the frames of the last round needed: a ring that has
 * been long once would otherwise walk through all its memory forever, and out of the caches.
 */
final class FrameRing {
  /** Numbers of a frame, as a power of two. */
  static final int STRIDE_SHIFT = 2;

  private static final int STRIDE = 1 << STRIDE_SHIFT;
  private static final int LEAST_FRAMES = 8;

  private long[] slots;
  private int mask;
  private int head;
  private int size;

  /** Room for {@code frames}, a power of two, before it grows. */
  FrameRing(int frames) {
    slots = new long[frames << STRIDE_SHIFT];
    mask = slots.length - 1;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(long note, long header, long sequence, long extra) {
    if (size << STRIDE_SHIFT > mask) {
      grow();
    }
    int slot = head + (size++ << STRIDE_SHIFT) & mask;
    long[] into = slots;
    into[slot] = note;
    into[slot + 1] = header;
    into[slot + 2] = sequence;
    into[slot + 3] = extra;
  }

  void removeFirst() {
    head = head + STRIDE & mask;
    size--;
    if (head == 0) {
      shrink();
    }
  }

  long firstNote() {
    return slots[head];
  }

  long firstHeader() {
    return slots[head + 1];
  }

  long firstSequence() {
    return slots[head + 2];
  }

  long firstExtra() {
    return slots[head + 3];
  }

  long note(int frame) {
    return slots[head + (frame << STRIDE_SHIFT) & mask];
  }

  long header(int frame) {
    return slots[(head + (frame << STRIDE_SHIFT) & mask) + 1];
  }

  long sequence(int frame) {
    return slots[(head + (frame << STRIDE_SHIFT) & mask) + 2];
  }

  /** A new round begins at the front: the frames lie there in order already. */
  private void shrink() {
    while (mask >= 2 * (LEAST_FRAMES << STRIDE_SHIFT) && size << STRIDE_SHIFT + 2 <= mask) {
      mask >>>= 1;
    }
  }

  /** Exchanges two frames, counted from the first. */
  void swap(int one, int other) {
    int a = head + (one << STRIDE_SHIFT) & mask;
    int b = head + (other << STRIDE_SHIFT) & mask;
    for (int i = 0; i < STRIDE; i++) {
      long kept = slots[a + i];
      slots[a + i] = slots[b + i];
      slots[b + i] = kept;
    }
  }

  /** Takes out one frame, counted from the first; those behind it move up. */
  void remove(int frame) {
    for (int i = frame; i + 1 < size; i++) {
      swap(i, i + 1);
    }
    size--;
  }

  private void grow() {
    int used = mask + 1;
    long[] from = slots;
    long[] bigger = 2 * used <= slots.length ? slots : new long[2 * used];
    if (bigger == from) {
      // the round from head to the end of what is used, then from the front: the front moves behind
      System.arraycopy(from, 0, bigger, used, head);
      mask = 2 * used - 1;
      return;
    }
    System.arraycopy(from, head, bigger, 0, used - head);
    System.arraycopy(from, 0, bigger, used - head, head);
    slots = bigger;
    mask = bigger.length - 1;
    head = 0;
  }
}
