package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * A resource and the flows that share it, in order of their numbers: a sum over them is the same to the
 * last bit in whatever order they came.
 */
final class SharedResource {
  /** The level of a resource that is not full. */
  static final double NOT_FULL = Double.POSITIVE_INFINITY;

  /** Sums that are kept up to date drift by less than that, relative. */
  private static final double DRIFT_RATIO = 1e-9;

  final int id;
  double capacity;
  /** At which level it was full when it was last visited. */
  double fullLevel = NOT_FULL;
  /** What its settled flows take, but for the drift: says only that it is far from full. */
  double load;
  /** How many of its flows have no level. */
  int unsettled;
  boolean queued;
  int count;
  int[] flows = new int[4];
  /** Of each flow: what one unit of level takes, its weight times its amount. */
  double[] uses = new double[4];
  private double allUses;

  SharedResource(int id, double capacity) {
    this.id = id;
    this.capacity = capacity;
  }

  void add(int flow, double use) {
    if (count == flows.length) {
      flows = Arrays.copyOf(flows, 2 * count);
      uses = Arrays.copyOf(uses, 2 * count);
    }
    int at = count;
    if (count > 0 && flows[count - 1] > flow) {
      at = ~Arrays.binarySearch(flows, 0, count, flow);
      System.arraycopy(flows, at, flows, at + 1, count - at);
      System.arraycopy(uses, at, uses, at + 1, count - at);
    }
    flows[at] = flow;
    uses[at] = use;
    count++;
    unsettled++;
    allUses += use;
  }

  /** Takes out a flow that has no level. */
  void remove(int flow) {
    int at = Arrays.binarySearch(flows, 0, count, flow);
    allUses -= uses[at];
    unsettled--;
    count--;
    System.arraycopy(flows, at + 1, flows, at, count - at);
    System.arraycopy(uses, at + 1, uses, at, count - at);
    if (count == 0) {
      allUses = 0;
      load = 0;
    }
  }

  /** A level below which it cannot be full: where all its flows would be at the same level. */
  double lowestFullLevel() {
    return allUses > 0 ? capacity / allUses * (1 - DRIFT_RATIO) : NOT_FULL;
  }

  /** Whether its flows have levels and leave some of it: no need to look at each. */
  boolean surelyNotFull() {
    return unsettled == 0 && load < capacity * (1 - 1000 * DRIFT_RATIO);
  }
}
