package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * Finds the levels of flows, their rate per weight, anew where something has changed, and leaves
 * alone what stays.
 *
 * <p>A resource that is full holds flows at its level. So every flow has a place in the order of
 * (level, number of what holds it), and so has every full resource. A sweep goes through that order
 * and visits the resources that something has changed on. All flows that have a place before the
 * visited one stay where they are; the others share what these leave. That is a lower bound of the
 * level at which the resource is full, and it only rises on the way; when the sweep has reached it,
 * it is the level. A resource that is full only at a higher level than before lets go the flows
 * that it held, at the level it had. Flows that move make their other resources worth a visit, all
 * of which come later in the order.
 *
 * <p>The resource that let flows go guards them: before the sweep is past the level at which it is
 * full by now, they have levels again. Their other resources are not visited for them before that,
 * unless one of them may be full at or below that level.
 *
 * <p>Levels are rounded to 44 bits: those that are the same but were found by different sums then
 * are the same number, and changes below the rounding end where they begin.
 */
final class Levels {
  /** The level of a flow that has none. */
  static final double UNSETTLED = 0;

  private static final int DROPPED_BITS = 8;
  private static final long UNSETTLED_BITS =
      Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
  private static final int NOBODY = -1;

  private final SharedResource[] resources;
  private final UseTable table;
  private final Visits visits;
  private final Loads loads;
  private double[] levels = {};
  /** The bits of the levels, which sort as they do; flows that have none come last. */
  private long[] levelBits = {};
  private int[] holders = {};
  private final Changes changes = new Changes();
  private int unsettled;
  /**
   * Of the resource looked at last: what its flows that are not settled use for a unit of level.
   */
  private double wanted;
  /** Of the resource looked at last: the lowest level of its flows that are not settled. */
  private long lowestBitsAbove;
  /** Of the resource looked at last: its flows that are not settled. */
  private final FoundFlows found = new FoundFlows();

  Levels(SharedResource[] resources, UseTable table) {
    this.resources = resources;
    this.table = table;
    loads = new Loads(resources, table);
    visits = new Visits(resources.length);
  }

  static double rounded(double level) {
    long bits = Double.doubleToRawLongBits(level) + (1L << DROPPED_BITS - 1);
    return Double.longBitsToDouble(bits & -1L << DROPPED_BITS);
  }

  double level(int flow) {
    return levels[flow];
  }

  int holder(int flow) {
    return holders[flow];
  }

  /** One that nobody uses yet. */
  SharedResource resource(int id, double capacity) {
    return new SharedResource(id, capacity, loads);
  }

  /** The table has one more flow. */
  void add(int flow) {
    if (flow >= levels.length) {
      levels = Arrays.copyOf(levels, table.room());
      levelBits = Arrays.copyOf(levelBits, table.room());
      holders = Arrays.copyOf(holders, table.room());
    }
    changes.add(flow, table.room());
    unsettled++;
    levels[flow] = UNSETTLED;
    levelBits[flow] = UNSETTLED_BITS;
    holders[flow] = NOBODY;
    for (int i = table.first(flow) + 1; i < table.end(flow); i++) {
      resources[table.resources[i]].add(flow, table.uses[i]);
    }
  }

  /** The flow leaves the table after that. */
  void remove(int flow) {
    double level = levels[flow];
    int holder = holders[flow];
    forget(flow);
    unsettled--;
    for (int i = table.first(flow) + 1; i < table.end(flow); i++) {
      int resource = table.resources[i];
      resources[resource].remove(flow, level, resource == holder);
    }
  }

  /**
   * Settles a flow that shares nothing with others, as the sweep would: at the level at which the
   * first of its resources is full, or at its cap.
   *
   * @return whether it is such a flow, or had a level already
   */
  boolean settlesAlone(int flow) {
    if (levels[flow] != UNSETTLED) {
      return true;
    }
    int begin = table.first(flow) + 1;
    int end = table.end(flow);
    double lowest = SharedResource.NOT_FULL;
    int tightest = NOBODY;
    for (int i = begin; i < end; i++) {
      SharedResource resource = resources[table.resources[i]];
      if (resource.count > 1) {
        return false;
      }
      double level = rounded(resource.capacity / table.uses[i]);
      if (level < lowest || level == lowest && resource.id < tightest) {
        lowest = level;
        tightest = resource.id;
      }
    }
    if (table.capLevel(flow) < lowest) {
      lowest = table.capLevel(flow);
      tightest = resources.length + flow;
    }
    for (int i = begin; i < end; i++) {
      SharedResource resource = resources[table.resources[i]];
      resource.alone(table.uses[i], lowest, resource.id == tightest);
    }
    unsettled--;
    levels[flow] = lowest;
    levelBits[flow] = Double.doubleToRawLongBits(lowest);
    holders[flow] = tightest;
    return true;
  }

  /** A sweep begins: nothing changes below {@code level}. */
  void begin(double level) {
    visits.at(level);
  }

  /**
   * Takes all flows from {@code level} on their levels, and has all that they use visited: cheaper
   * than to follow the changes where most of them change.
   */
  void unsettleFrom(double level) {
    long highestBitsBelow = Double.doubleToRawLongBits(level) - 1;
    found.room(levels.length);
    int[] flows = found.flows;
    int count = 0;
    for (int flow = 0; flow < levels.length; flow++) {
      flows[count] = flow;
      long bits = levelBits[flow];
      count += (int) ((highestBitsBelow - bits & bits - UNSETTLED_BITS) >>> Long.SIZE - 1);
    }
    for (int i = 0; i < count; i++) {
      int flow = flows[i];
      int begin = table.first(flow) + 1;
      loads.unsettled(begin, table.end(flow), levels[flow], NOBODY);
      forget(flow);
      enqueueCap(flow);
    }
    for (SharedResource resource : resources) {
      if (resource != null && resource.fullLevel() >= level) {
        resource.notFull();
        resource.guardedLevel = SharedResource.NOT_FULL;
        visits.addLater(resource);
      }
    }
    visits.queue();
  }

  /** {@code resource} has to be visited. */
  void enqueue(SharedResource resource) {
    visits.add(resource);
  }

  /** {@code flow} stays at its cap once the sweep gets there. */
  void enqueueCap(int flow) {
    visits.addCap(flow, table.capLevel(flow));
  }

  /**
   * Visits what is queued and what that makes worth a visit, as long as there is something to find.
   */
  void sweep() {
    while (unsettled > 0 || visits.arePending()) {
      int id = visits.next();
      if (id < resources.length) {
        visit(resources[id]);
      } else {
        visitCap(id - resources.length);
      }
    }
    visits.clear();
  }

  private void visitCap(int flow) {
    visits.removeCap(flow);
    if (!settledBefore(flow, resources.length + flow)) {
      settle(flow, resources.length + flow, table.first(flow) + 1, table.end(flow));
    }
  }

  private void visit(SharedResource resource) {
    visits.visited(resource);
    double level = resource.leastFullLevel();
    resource.close |= level <= visits.level || resource.fullLevel() <= visits.level;
    if (resource.close) {
      visits.remove(resource);
      level = fullLevel(resource);
      if (resource.guards && level > visits.level) {
        guardAll(resource, level);
      }
      if (level > visits.level && resource.fullLevel() == visits.level) {
        loosen(resource, level);
      }
      if (nothingBetween(resource, level)) {
        visits.at(level);
      }
      if (level == visits.level) {
        hold(resource);
        return;
      }
    }
    double next = level < resource.fullLevel() ? level : resource.fullLevel();
    if (next == SharedResource.NOT_FULL || !resource.close && resource.canWait()) {
      resource.close = false;
      resource.guards = false;
      visits.remove(resource);
    } else {
      visits.again(resource, next);
    }
  }

  /** Whether the sweep would come to this resource at {@code level} and find it as it is now. */
  private boolean nothingBetween(SharedResource resource, double level) {
    long bits = Double.doubleToRawLongBits(level);
    return bits < lowestBitsAbove && level <= resource.fullLevel() && visits.areAfter(bits);
  }

  /**
   * A resource is full at the level that the sweep has reached: all that are not settled stay
   * there.
   */
  private void hold(SharedResource resource) {
    double heldUses = wanted;
    double sweepLevel = visits.level;
    resource.close = false;
    resource.guards = false;
    found.locate(table);
    for (int i = 0; i < found.count; i++) {
      int flow = found.flows[i];
      if (levels[flow] != sweepLevel || holders[flow] != resource.id) {
        settle(flow, resource.id, found.begins[i], found.ends[i]);
      }
    }
    resource.full(sweepLevel, heldUses);
  }

  /**
   * At which level it is full, when flows settled before it stay and the others share the rest.
   * Factors of 0 and 1 choose between the two: a branch would go either way as often as not.
   */
  private double fullLevel(SharedResource resource) {
    long sweepBits = visits.bits;
    long lowestBits = UNSETTLED_BITS;
    found.room(resource.count);
    int[] free = found.flows;
    int freeCount = 0;
    double taken = 0;
    double shared = 0;
    for (int i = 0; i < resource.count; i++) {
      int flow = resource.flows[i];
      long bits = levelBits[flow];
      long settled = bits - sweepBits;
      if (settled == 0) {
        settled = holders[flow] - resource.id;
      }
      settled >>= Long.SIZE - 1;
      free[freeCount] = flow;
      freeCount += (int) settled + 1;
      double settledUse = -settled * resource.uses[i];
      taken += settledUse * levels[flow];
      shared += resource.uses[i] - settledUse;
      lowestBits = Math.min(lowestBits, bits | settled & Long.MAX_VALUE);
    }
    found.count = freeCount;
    lowestBitsAbove = lowestBits;
    wanted = shared;
    return shared > 0
        ? Math.max(visits.level, rounded((resource.capacity - taken) / shared))
        : SharedResource.NOT_FULL;
  }

  private boolean settledBefore(int flow, int holder) {
    long bits = levelBits[flow];
    return bits < visits.bits || bits == visits.bits && holders[flow] < holder;
  }

  /** A resource that is full only at {@code higher} now lets go the flows that it held. */
  private void loosen(SharedResource resource, double higher) {
    lowestBitsAbove = UNSETTLED_BITS;
    for (int i = 0; i < resource.count; i++) {
      int flow = resource.flows[i];
      if (holders[flow] == resource.id) {
        unsettle(flow);
        enqueueCap(flow);
        guardOthers(resource, flow, higher);
      } else if (levelBits[flow] < lowestBitsAbove && !settledBefore(flow, resource.id)) {
        lowestBitsAbove = levelBits[flow];
      }
    }
    resource.notFull();
    resource.guards = true;
  }

  /** What the flows that a resource has let go use: it is full at {@code higher} only. */
  private void guardAll(SharedResource resource, double higher) {
    for (int i = 0; i < resource.count; i++) {
      if (levels[resource.flows[i]] == UNSETTLED) {
        guardOthers(resource, resource.flows[i], higher);
      }
    }
  }

  private void guardOthers(SharedResource resource, int flow, double level) {
    int end = table.end(flow);
    for (int i = table.first(flow) + 1; i < end; i++) {
      SharedResource other = resources[table.resources[i]];
      if (other != resource) {
        visits.addUnlessFullLater(other, level);
      }
    }
  }

  /** Takes a flow its level, so that it gets another one in the next sweep. */
  void unsettle(int flow) {
    loads.unsettled(table.first(flow) + 1, table.end(flow), levels[flow], holders[flow]);
    forget(flow);
  }

  private void forget(int flow) {
    if (levels[flow] != UNSETTLED) {
      changes.touch(flow, levels[flow]);
      unsettled++;
    }
    levels[flow] = UNSETTLED;
    levelBits[flow] = UNSETTLED_BITS;
    holders[flow] = NOBODY;
  }

  /** {@code flow} stays at the level that the sweep has reached. */
  private void settle(int flow, int holder, int begin, int end) {
    double sweepLevel = visits.level;
    double level = levels[flow];
    int before = holders[flow];
    levels[flow] = sweepLevel;
    levelBits[flow] = visits.bits;
    holders[flow] = holder;
    if (level == UNSETTLED) {
      unsettled--;
      loads.settled(begin, end, sweepLevel, holder, visits);
    } else {
      changes.touch(flow, level);
      loads.lowered(begin, end, level - sweepLevel, before, holder, visits);
    }
  }

  /** How many flows have other levels than before the last time. */
  int takeChanges() {
    return changes.take(levels, table);
  }

  /** One of them, {@code index} from 0. */
  int changed(int index) {
    return changes.flow(index);
  }
}
