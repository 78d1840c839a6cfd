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
  static final double UNSETTLED = Double.POSITIVE_INFINITY;

  private static final int DROPPED_BITS = 8;
  private static final int NOBODY = -1;

  private final SharedResource[] resources;
  private final UseTable table;
  /** By level: resources by number, after them the caps of flows. */
  private final Tournament queue = new Tournament();
  private double[] levels = {};
  private int[] holders = {};
  private final Changes changes = new Changes();
  private int unsettled;
  /** How many resources are queued that need a visit although all flows have levels. */
  private int pending;
  private double sweepLevel;
  /**
   * Of the resource looked at last: what its flows that are not settled use for a unit of level.
   */
  private double wanted;
  /** Of the resource looked at last: the lowest level of its flows that are not settled. */
  private double lowestAbove;

  Levels(SharedResource[] resources, UseTable table) {
    this.resources = resources;
    this.table = table;
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

  /** The table has one more flow. */
  void add(int flow) {
    if (flow >= levels.length) {
      levels = Arrays.copyOf(levels, table.room());
      holders = Arrays.copyOf(holders, table.room());
    }
    changes.add(flow, table.room());
    unsettled++;
    levels[flow] = UNSETTLED;
    holders[flow] = NOBODY;
    for (int i = table.first(flow) + 1; i < table.end(flow); i++) {
      resources[table.resources[i]].add(flow, table.uses[i]);
    }
  }

  /** The flow leaves the table after that. */
  void remove(int flow) {
    if (levels[flow] != UNSETTLED) {
      unsettle(flow);
    }
    unsettled--;
    for (int i = table.first(flow) + 1; i < table.end(flow); i++) {
      resources[table.resources[i]].remove(flow);
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
    double lowest = UNSETTLED;
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
    changes.touch(flow, UNSETTLED);
    unsettled--;
    levels[flow] = lowest;
    holders[flow] = tightest;
    return true;
  }

  /** A sweep begins: nothing changes below {@code level}. */
  void begin(double level) {
    sweepLevel = level;
  }

  /**
   * Takes all flows from {@code level} on their levels, and has all that they use visited: cheaper
   * than to follow the changes where most of them change.
   */
  void unsettleFrom(double level) {
    for (int flow = 0; flow < levels.length; flow++) {
      if (table.has(flow) && levels[flow] >= level && levels[flow] != UNSETTLED) {
        unsettle(flow);
        enqueueCap(flow);
      }
    }
    for (SharedResource resource : resources) {
      if (resource != null && resource.fullLevel >= level) {
        resource.notFull();
        resource.guardedLevel = UNSETTLED;
        enqueue(resource);
      }
    }
  }

  /** {@code resource} has to be visited. */
  void enqueue(SharedResource resource) {
    if (!resource.close) {
      enqueue(resource, resource.leastFullLevel());
    }
  }

  private void enqueue(SharedResource resource, double least) {
    double level = least < resource.fullLevel ? least : resource.fullLevel;
    long key = Double.doubleToRawLongBits(level > sweepLevel ? level : sweepLevel);
    long before = queue.key(resource.id);
    if (level != SharedResource.NOT_FULL && key < before) {
      if (before == Tournament.ABSENT && resource.fullLevel != SharedResource.NOT_FULL) {
        pending++;
      }
      queue.set(resource.id, key);
    }
  }

  /** Has {@code resource} visited if it may be full before the flows without a level have one. */
  private void guard(SharedResource resource, double level) {
    if (level > resource.guardedLevel) {
      resource.guardedLevel = level;
    }
    if (!resource.close) {
      double least = resource.leastFullLevel();
      if (!resource.canWait(least)) {
        enqueue(resource, least);
      }
    }
  }

  /** Everything that {@code flow} uses has to be visited. */
  void enqueueAll(int flow) {
    for (int i = table.first(flow) + 1; i < table.end(flow); i++) {
      SharedResource resource = resources[table.resources[i]];
      resource.guardedLevel = UNSETTLED;
      enqueue(resource);
    }
    enqueueCap(flow);
  }

  private void enqueueCap(int flow) {
    double level = table.capLevel(flow);
    if (level != UNSETTLED) {
      queue.set(resources.length + flow, Double.doubleToRawLongBits(Math.max(sweepLevel, level)));
    }
  }

  /**
   * Visits what is queued and what that makes worth a visit, as long as there is something to find.
   */
  void sweep() {
    while (unsettled > 0 || pending > 0) {
      sweepLevel = Double.longBitsToDouble(queue.firstKey());
      int id = queue.first();
      if (id < resources.length) {
        visit(resources[id]);
      } else {
        visitCap(id - resources.length);
      }
    }
    queue.clear();
  }

  private void visitCap(int flow) {
    queue.set(resources.length + flow, Tournament.ABSENT);
    if (!settledBefore(flow, resources.length + flow)) {
      settle(flow, resources.length + flow);
    }
  }

  private void visit(SharedResource resource) {
    if (resource.needsVisit()) {
      pending--;
    }
    double level = resource.leastFullLevel();
    resource.close |= level <= sweepLevel || resource.fullLevel <= sweepLevel;
    if (resource.close) {
      queue.set(resource.id, Tournament.ABSENT);
      level = fullLevel(resource);
      if (resource.guards && level > sweepLevel) {
        guardAll(resource, level);
      }
      if (level > sweepLevel && resource.fullLevel == sweepLevel) {
        loosen(resource, level);
      }
      if (nothingBetween(resource, level)) {
        sweepLevel = level;
      }
      if (level == sweepLevel) {
        hold(resource);
        return;
      }
    }
    double next = level < resource.fullLevel ? level : resource.fullLevel;
    if (next == SharedResource.NOT_FULL || !resource.close && resource.canWait(level)) {
      resource.close = false;
      resource.guards = false;
      queue.set(resource.id, Tournament.ABSENT);
    } else {
      queue.set(resource.id, Double.doubleToRawLongBits(next));
      if (resource.needsVisit()) {
        pending++;
      }
    }
  }

  /** Whether the sweep would come to this resource at {@code level} and find it as it is now. */
  private boolean nothingBetween(SharedResource resource, double level) {
    return level < lowestAbove && level <= resource.fullLevel
        && Double.doubleToRawLongBits(level) < queue.firstKey();
  }

  /**
   * A resource is full at the level that the sweep has reached: all that are not settled stay
   * there.
   */
  private void hold(SharedResource resource) {
    double heldUses = wanted;
    resource.close = false;
    resource.guards = false;
    resource.fullLevel = sweepLevel;
    for (int i = 0; i < resource.count; i++) {
      int flow = resource.flows[i];
      boolean held = levels[flow] == sweepLevel && holders[flow] == resource.id;
      if (!held && !settledBefore(flow, resource.id)) {
        settle(flow, resource.id);
      }
    }
    resource.full(heldUses);
  }

  /**
   * At which level it is full, when flows settled before it stay and the others share the rest.
   * Masks choose between the two: a branch would go either way as often as not.
   */
  private double fullLevel(SharedResource resource) {
    long sweepBits = Double.doubleToRawLongBits(sweepLevel);
    long lowestBits = Long.MAX_VALUE;
    double taken = 0;
    double shared = 0;
    for (int i = 0; i < resource.count; i++) {
      int flow = resource.flows[i];
      double use = resource.uses[i];
      double level = levels[flow];
      long levelBits = Double.doubleToRawLongBits(level);
      long settled = levelBits - sweepBits;
      if (settled == 0) {
        settled = holders[flow] - resource.id;
      }
      settled >>= Long.SIZE - 1;
      taken += Double.longBitsToDouble(Double.doubleToRawLongBits(use * level) & settled);
      shared += Double.longBitsToDouble(Double.doubleToRawLongBits(use) & ~settled);
      lowestBits = Math.min(lowestBits, levelBits | settled & Long.MAX_VALUE);
    }
    lowestAbove = Double.longBitsToDouble(lowestBits);
    wanted = shared;
    return shared > 0
        ? Math.max(sweepLevel, rounded((resource.capacity - taken) / shared))
        : SharedResource.NOT_FULL;
  }

  private boolean settledBefore(int flow, int holder) {
    return levels[flow] < sweepLevel || levels[flow] == sweepLevel && holders[flow] < holder;
  }

  /** A resource that is full only at {@code higher} now lets go the flows that it held. */
  private void loosen(SharedResource resource, double higher) {
    lowestAbove = UNSETTLED;
    for (int i = 0; i < resource.count; i++) {
      int flow = resource.flows[i];
      if (holders[flow] == resource.id) {
        unsettle(flow);
        enqueueCap(flow);
        guardOthers(resource, flow, higher);
      } else if (levels[flow] < lowestAbove && !settledBefore(flow, resource.id)) {
        lowestAbove = levels[flow];
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
        guard(other, level);
      }
    }
  }

  /** Takes a flow its level, so that it gets another one in the next sweep. */
  void unsettle(int flow) {
    double level = levels[flow];
    int holder = holders[flow];
    changes.touch(flow, level);
    unsettled++;
    levels[flow] = UNSETTLED;
    holders[flow] = NOBODY;
    int end = table.end(flow);
    for (int i = table.first(flow) + 1; i < end; i++) {
      SharedResource resource = resources[table.resources[i]];
      resource.unsettled(table.uses[i], level);
      if (resource.id == holder) {
        resource.letGo(table.uses[i]);
      }
    }
  }

  /** {@code flow} stays at the level that the sweep has reached. */
  private void settle(int flow, int holder) {
    double level = levels[flow];
    int before = holders[flow];
    changes.touch(flow, level);
    levels[flow] = sweepLevel;
    holders[flow] = holder;
    int end = table.end(flow);
    if (level == UNSETTLED) {
      unsettled--;
      for (int i = table.first(flow) + 1; i < end; i++) {
        SharedResource resource = resources[table.resources[i]];
        resource.settled(table.uses[i], sweepLevel);
        if (resource.id != holder && resource.fullLevel != SharedResource.NOT_FULL) {
          enqueue(resource);
        }
      }
    } else {
      for (int i = table.first(flow) + 1; i < end; i++) {
        SharedResource resource = resources[table.resources[i]];
        resource.lowered(table.uses[i], level - sweepLevel);
        if (resource.id == before) {
          resource.letGo(table.uses[i]);
        }
        if (resource.id != holder && resource.fullLevel != SharedResource.NOT_FULL) {
          enqueue(resource);
        }
      }
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
