package org.podpath.engine.flow;

import java.util.Arrays;

/** Resources to visit, in order of level and then of number: a binary heap. */
final class LevelQueue {
  private double[] levels = new double[64];
  private int[] ids = new int[64];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  double firstLevel() {
    return levels[0];
  }

  int firstId() {
    return ids[0];
  }

  /** Whether {@code id} at {@code level} would come before everything here. */
  boolean wouldBeFirst(double level, int id) {
    return size == 0 || level < levels[0] || level == levels[0] && id < ids[0];
  }

  void add(double level, int id) {
    if (size == ids.length) {
      levels = Arrays.copyOf(levels, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
    }
    int at = size++;
    while (at > 0) {
      int parent = at - 1 >> 1;
      if (!before(level, id, parent)) {
        break;
      }
      levels[at] = levels[parent];
      ids[at] = ids[parent];
      at = parent;
    }
    levels[at] = level;
    ids[at] = id;
  }

  void removeFirst() {
    size--;
    double level = levels[size];
    int id = ids[size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && before(levels[child + 1], ids[child + 1], child)) {
        child++;
      }
      if (before(level, id, child)) {
        break;
      }
      levels[at] = levels[child];
      ids[at] = ids[child];
      at = child;
    }
    levels[at] = level;
    ids[at] = id;
  }

  private boolean before(double level, int id, int at) {
    return level < levels[at] || level == levels[at] && id < ids[at];
  }
}
