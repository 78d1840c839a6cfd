package org.podpath.experiments.timeline;

import java.util.Arrays;

/** As many threads side by side as the spans of one need, so that none overlap. */
final class Lanes {
  private final String name;
  private long[] freeAtPs = new long[1];
  private int count = 1;

  /** One lane without spans. */
  Lanes(String name) {
    this.name = name;
  }

  /** Name of the thread. */
  String name() {
    return name;
  }

  /** Lanes so far, at least one. */
  int count() {
    return count;
  }

  /** Puts a span on the first lane that is free from its start on. Returns the lane, from 0. */
  int put(long startPs, long endPs) {
    int lane = 0;
    while (lane < count && freeAtPs[lane] > startPs) {
      lane++;
    }
    if (lane == count) {
      count++;
      freeAtPs = count > freeAtPs.length ? Arrays.copyOf(freeAtPs, 2 * count) : freeAtPs;
    }
    freeAtPs[lane] = endPs;
    return lane;
  }
}
