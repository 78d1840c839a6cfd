package org.podpath.engine.datapath;

/** Numbers in order, first in, first out. */
final class Times {
  private double[] slots = new double[64];
  private int head;
  private int size;

  void add(double value) {
    if (size == slots.length) {
      double[] bigger = new double[2 * size];
      for (int i = 0; i < size; i++) {
        bigger[i] = get(i);
      }
      slots = bigger;
      head = 0;
    }
    slots[(head + size++) % slots.length] = value;
  }

  /** The one at {@code i} from the first, which is 0. */
  double get(int i) {
    return slots[(head + i) % slots.length];
  }

  /** The first, or infinity where there is none. */
  double first() {
    return size == 0 ? Double.POSITIVE_INFINITY : slots[head];
  }

  double remove() {
    double value = slots[head];
    head = (head + 1) % slots.length;
    size--;
    return value;
  }

  int size() {
    return size;
  }
}
