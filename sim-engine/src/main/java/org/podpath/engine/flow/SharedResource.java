package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * A resource and the flows that share it, in order of their numbers: a sum over them is the same to
 * the last bit in whatever order they came.
 */
final class SharedResource {
  /** The level of a resource that is not full. */
  static final double NOT_FULL = Double.POSITIVE_INFINITY;

  /** Sums that are kept up to date drift by less than that, relative to their largest. */
  private static final double DRIFT_RATIO = 1e-9;

  /** A sum that is less than that of what it was may be nothing but drift. */
  private static final double TRUSTED_RATIO = 1e-3;

  final int id;
  double capacity;
  /** At which level it was full when it was last visited. */
  double fullLevel = NOT_FULL;
  /** Whether, in the sweep under way, only a look at each of its flows tells when it is full. */
  boolean close;
  /**
   * Whether, in the sweep under way, it has let flows go: they get levels before the sweep is past
   * the place where this is queued.
   */
  boolean guards;
  /** A level that the sweep is not past before all flows here that have lost their levels got others. */
  double guardedLevel;
  int count;
  int[] flows = new int[4];
  /** Of each flow: what one unit of level takes, its weight times its amount. */
  double[] uses = new double[4];
  private double allUses;
  /** What its settled flows take, but for the drift. */
  private double load;
  /** What one unit of level takes of its flows that have no level, but for the drift. */
  private double unsettledUses;
  private int unsettled;
  /** The same of the flows that it holds at its level. */
  private double heldUses;

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
    allUses += use;
    unsettled(use, 0);
  }

  /** Takes out a flow that has no level. */
  void remove(int flow) {
    int at = Arrays.binarySearch(flows, 0, count, flow);
    allUses -= uses[at];
    settled(uses[at], 0);
    count--;
    System.arraycopy(flows, at + 1, flows, at, count - at);
    System.arraycopy(uses, at + 1, uses, at, count - at);
    if (count == 0) {
      allUses = 0;
      load = 0;
      notFull();
    }
  }

  /** A level below which it cannot be full: where all its flows would be at the same level. */
  double lowestFullLevel() {
    return count > 0 ? capacity / allUses * (1 - DRIFT_RATIO) : NOT_FULL;
  }

  /**
   * A level below which it cannot be full as long as settled flows stay where they are or go lower:
   * where those that it held and those that have no level share what the others leave. 0 where that
   * takes a look at each of them.
   */
  double leastFullLevel() {
    if (unsettled == 0 && fullLevel == NOT_FULL) {
      return NOT_FULL;
    }
    double sharing = unsettledUses + heldUses;
    if (sharing < TRUSTED_RATIO * allUses) {
      return 0;
    }
    double held = fullLevel == NOT_FULL ? 0 : heldUses * fullLevel;
    return (capacity * (1 - DRIFT_RATIO) - load + held) / sharing;
  }

  /** Whether flows have lost their levels that get others before it can be full, as things are. */
  boolean canWait() {
    double sharing = unsettledUses + heldUses;
    if (unsettled == 0 || fullLevel <= guardedLevel || sharing < TRUSTED_RATIO * allUses) {
      return false;
    }
    double held = fullLevel == NOT_FULL ? 0 : heldUses * fullLevel;
    return capacity * (1 - DRIFT_RATIO) - load + held > guardedLevel * sharing;
  }

  /** Whether it has to be visited although all flows have levels. */
  boolean needsVisit() {
    return close || fullLevel != NOT_FULL;
  }

  /** A flow has got a level. */
  void settled(double use, double level) {
    load += use * level;
    unsettledUses -= use;
    if (--unsettled == 0) {
      unsettledUses = 0;
    }
  }

  /** Its only flow has got a level. */
  void alone(double use, double level, boolean holds) {
    load = use * level;
    unsettledUses = 0;
    unsettled = 0;
    fullLevel = holds ? level : NOT_FULL;
    heldUses = holds ? use : 0;
  }

  /** A flow has lost its level. */
  void unsettled(double use, double level) {
    load -= use * level;
    unsettledUses += use;
    if (unsettled++ == 0) {
      guardedLevel = 0;
    }
  }

  /** A settled flow has a level that is lower by so much. */
  void lowered(double use, double byLevel) {
    load -= use * byLevel;
  }

  /** It holds a flow less at its level. */
  void letGo(double use) {
    heldUses -= use;
  }

  /** It is full: all flows have levels, and those that it holds use so much for each unit. */
  void full(double heldUses) {
    load = capacity;
    this.heldUses = heldUses;
  }

  /** It holds no flow. */
  void notFull() {
    fullLevel = NOT_FULL;
    heldUses = 0;
  }
}
