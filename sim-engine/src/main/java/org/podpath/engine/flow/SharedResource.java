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
  /** Of all resources, this one's from {@link #at} on. */
  private final double[] numbers;
  private final int[] unsettled;
  private final int at;

  /** One that nobody uses; its numbers are among the {@code loads}. */
  SharedResource(int id, double capacity, Loads loads) {
    this.id = id;
    this.capacity = capacity;
    numbers = loads.numbers;
    unsettled = loads.unsettled;
    at = Loads.NUMBERS * id;
    notFull();
  }

  void add(int flow, double use) {
    if (count == flows.length) {
      flows = Arrays.copyOf(flows, 2 * count);
      uses = Arrays.copyOf(uses, 2 * count);
    }
    int index = count;
    if (count > 0 && flows[count - 1] > flow) {
      index = ~Arrays.binarySearch(flows, 0, count, flow);
      System.arraycopy(flows, index, flows, index + 1, count - index);
      System.arraycopy(uses, index, uses, index + 1, count - index);
    }
    flows[index] = flow;
    uses[index] = use;
    count++;
    allUses += use;
    numbers[at + Loads.UNSETTLED_USES] += use;
    if (unsettled[id]++ == 0) {
      guardedLevel = 0;
    }
  }

  /**
   * Takes out a flow.
   *
   * @param level its level, or {@link Levels#UNSETTLED}
   * @param held whether this holds it
   */
  void remove(int flow, double level, boolean held) {
    count--;
    if (count == 0) {
      allUses = 0;
      unsettled[id] = 0;
      numbers[at + Loads.LOAD] = 0;
      numbers[at + Loads.UNSETTLED_USES] = 0;
      notFull();
      return;
    }
    int index = Arrays.binarySearch(flows, 0, count + 1, flow);
    double use = uses[index];
    allUses -= use;
    if (level == Levels.UNSETTLED) {
      double left = numbers[at + Loads.UNSETTLED_USES] - use;
      numbers[at + Loads.UNSETTLED_USES] = --unsettled[id] == 0 ? 0 : left;
    } else {
      numbers[at + Loads.LOAD] -= use * level;
    }
    if (held) {
      numbers[at + Loads.HELD_USES] -= use;
    }
    System.arraycopy(flows, index + 1, flows, index, count - index);
    System.arraycopy(uses, index + 1, uses, index, count - index);
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
    double full = numbers[at + Loads.FULL_LEVEL];
    if (unsettled[id] == 0 && full == NOT_FULL) {
      return NOT_FULL;
    }
    double heldUses = numbers[at + Loads.HELD_USES];
    double sharing = numbers[at + Loads.UNSETTLED_USES] + heldUses;
    if (sharing < TRUSTED_RATIO * allUses) {
      return 0;
    }
    double held = full == NOT_FULL ? 0 : heldUses * full;
    return (capacity * (1 - DRIFT_RATIO) - numbers[at + Loads.LOAD] + held) / sharing;
  }

  /** Whether flows have lost their levels that get others before it can be full, as things are. */
  boolean canWait() {
    double full = numbers[at + Loads.FULL_LEVEL];
    double heldUses = numbers[at + Loads.HELD_USES];
    double sharing = numbers[at + Loads.UNSETTLED_USES] + heldUses;
    if (unsettled[id] == 0 || full <= guardedLevel || sharing < TRUSTED_RATIO * allUses) {
      return false;
    }
    double held = full == NOT_FULL ? 0 : heldUses * full;
    double left = capacity * (1 - DRIFT_RATIO) - numbers[at + Loads.LOAD] + held;
    return left > guardedLevel * sharing;
  }

  /** At which level it was full when it was last visited. */
  double fullLevel() {
    return numbers[at + Loads.FULL_LEVEL];
  }

  /** Whether it has to be visited although all flows have levels. */
  boolean needsVisit() {
    return close || numbers[at + Loads.FULL_LEVEL] != NOT_FULL;
  }

  /** Its only flow has got a level. */
  void alone(double use, double level, boolean holds) {
    unsettled[id] = 0;
    numbers[at + Loads.LOAD] = use * level;
    numbers[at + Loads.UNSETTLED_USES] = 0;
    numbers[at + Loads.HELD_USES] = holds ? use : 0;
    numbers[at + Loads.FULL_LEVEL] = holds ? level : NOT_FULL;
  }

  /** It is full: all flows have levels, and those that it holds use so much for each unit. */
  void full(double level, double heldUses) {
    numbers[at + Loads.LOAD] = capacity;
    numbers[at + Loads.HELD_USES] = heldUses;
    numbers[at + Loads.FULL_LEVEL] = level;
  }

  /** It holds no flow. */
  void notFull() {
    numbers[at + Loads.HELD_USES] = 0;
    numbers[at + Loads.FULL_LEVEL] = NOT_FULL;
  }
}
