package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * Finds the levels of flows, their rate per weight, anew where something has changed, and leaves alone what
 * stays.
 *
 * <p>A resource that is full is the bottleneck of the flows that are at its level; they have a
 * place in the order of (level, resource), and so has the resource. A sweep goes through that order
 * and visits resources that something has changed on. All flows that have a place before the
 * visited one stay where they are; the others share what these leave. That is a lower bound of the
 * level at which the resource is full, and it only rises on the way; when the sweep has reached it,
 * it is the level. Flows that this moves make their other resources worth a visit, all of which
 * come later in the order.
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
  private final LevelQueue queue = new LevelQueue();
  private double[] levels = new double[16];
  private int[] bottlenecks = new int[16];
  private Sharer[] sharers = new Sharer[16];
  private int[] touched = new int[16];
  private int touches;
  private double sweepLevel;
  private long visits;

  Levels(SharedResource[] resources) {
    this.resources = resources;
  }

  static double rounded(double level) {
    long bits = Double.doubleToRawLongBits(level) + (1L << DROPPED_BITS - 1);
    return Double.longBitsToDouble(bits & -1L << DROPPED_BITS);
  }

  double level(int flow) {
    return levels[flow];
  }

  /** How often a resource was visited so far. */
  long visits() {
    return visits;
  }

  void add(int flow, Sharer sharer) {
    if (flow >= sharers.length) {
      int room = Math.max(flow + 1, 2 * sharers.length);
      levels = Arrays.copyOf(levels, room);
      bottlenecks = Arrays.copyOf(bottlenecks, room);
      sharers = Arrays.copyOf(sharers, room);
      touched = Arrays.copyOf(touched, room);
    }
    sharers[flow] = sharer;
    levels[flow] = UNSETTLED;
    bottlenecks[flow] = NOBODY;
    sharer.levelBefore = UNSETTLED;
    for (int i = 0; i < sharer.on.length; i++) {
      sharer.on[i].add(flow, sharer.uses[i]);
    }
  }

  void remove(int flow) {
    Sharer sharer = sharers[flow];
    if (levels[flow] != UNSETTLED) {
      unload(sharer, levels[flow]);
    }
    for (SharedResource resource : sharer.on) {
      resource.remove(flow);
    }
  }

  /** A sweep begins: nothing changes below {@code level}. */
  void begin(double level) {
    sweepLevel = level;
    touches = 0;
  }

  /** {@code resource} has to be visited. */
  void enqueue(SharedResource resource) {
    if (!resource.queued) {
      double lowest = Math.min(resource.fullLevel, resource.lowestFullLevel());
      enqueue(resource, Math.max(sweepLevel, lowest));
    }
  }

  private void enqueue(SharedResource resource, double level) {
    resource.queued = true;
    queue.add(level, resource.id);
  }

  /** Everything that {@code flow} uses has to be visited. */
  void enqueueAll(int flow) {
    for (SharedResource resource : sharers[flow].on) {
      enqueue(resource);
    }
    enqueueCap(flow);
  }

  /** The cap of {@code flow} may be its bottleneck. */
  void enqueueCap(int flow) {
    Sharer sharer = sharers[flow];
    if (sharer.capLevel != UNSETTLED && !sharer.capQueued) {
      sharer.capQueued = true;
      queue.add(Math.max(sweepLevel, sharer.capLevel), resources.length + flow);
    }
  }

  /** Visits what is queued and what that makes worth a visit. */
  void sweep() {
    while (!queue.isEmpty()) {
      sweepLevel = queue.firstLevel();
      int id = queue.firstId();
      queue.removeFirst();
      if (id < resources.length) {
        resources[id].queued = false;
        visit(resources[id]);
      } else {
        visitCap(id - resources.length);
      }
    }
  }

  private void visitCap(int flow) {
    sharers[flow].capQueued = false;
    if (!settledBefore(flow, resources.length + flow)) {
      settle(flow, resources.length + flow);
    }
  }

  private void visit(SharedResource resource) {
    visits++;
    if (resource.fullLevel == SharedResource.NOT_FULL && resource.surelyNotFull()) {
      return;
    }
    double level = fullLevel(resource);
    if (level == sweepLevel) {
      hold(resource);
      return;
    }
    if (resource.fullLevel == sweepLevel) {
      loosen(resource);
    }
    double next = Math.min(level, resource.fullLevel);
    if (next != SharedResource.NOT_FULL) {
      enqueue(resource, next);
    }
  }

  /** A resource is full at the level that the sweep has reached: all that are not settled stay there. */
  private void hold(SharedResource resource) {
    resource.fullLevel = sweepLevel;
    for (int i = 0; i < resource.count; i++) {
      int flow = resource.flows[i];
      boolean held = levels[flow] == sweepLevel && bottlenecks[flow] == resource.id;
      if (!held && !settledBefore(flow, resource.id)) {
        settle(flow, resource.id);
      }
    }
  }

  /** At which level it is full, when flows settled before it stay and the others share the rest. */
  private double fullLevel(SharedResource resource) {
    double taken = 0;
    double wanted = 0;
    for (int i = 0; i < resource.count; i++) {
      int flow = resource.flows[i];
      if (settledBefore(flow, resource.id)) {
        taken += resource.uses[i] * levels[flow];
      } else {
        wanted += resource.uses[i];
      }
    }
    return wanted > 0
        ? Math.max(sweepLevel, rounded((resource.capacity - taken) / wanted))
        : SharedResource.NOT_FULL;
  }

  private boolean settledBefore(int flow, int bottleneck) {
    return levels[flow] < sweepLevel
        || levels[flow] == sweepLevel && bottlenecks[flow] < bottleneck;
  }

  /** A resource that is full only at a higher level now lets go the flows that it held. */
  private void loosen(SharedResource resource) {
    resource.fullLevel = SharedResource.NOT_FULL;
    for (int i = 0; i < resource.count; i++) {
      int flow = resource.flows[i];
      if (bottlenecks[flow] == resource.id) {
        unsettle(flow, resource);
      }
    }
  }

  private void unsettle(int flow, SharedResource from) {
    Sharer sharer = sharers[flow];
    touch(flow, sharer);
    unload(sharer, levels[flow]);
    levels[flow] = UNSETTLED;
    bottlenecks[flow] = NOBODY;
    for (SharedResource resource : sharer.on) {
      if (resource != from) {
        enqueue(resource);
      }
    }
    enqueueCap(flow);
  }

  /** {@code flow} stays at the level that the sweep has reached. */
  private void settle(int flow, int bottleneck) {
    Sharer sharer = sharers[flow];
    double level = levels[flow];
    int before = bottlenecks[flow];
    touch(flow, sharer);
    levels[flow] = sweepLevel;
    bottlenecks[flow] = bottleneck;
    if (level == UNSETTLED) {
      load(sharer, sweepLevel);
    } else if (level == sweepLevel) {
      if (before < resources.length) {
        enqueue(resources[before]);
      }
    } else {
      lower(sharer, bottleneck, level - sweepLevel);
    }
  }

  private void load(Sharer sharer, double level) {
    for (int i = 0; i < sharer.on.length; i++) {
      SharedResource resource = sharer.on[i];
      resource.load += sharer.uses[i] * level;
      resource.unsettled--;
    }
  }

  private void unload(Sharer sharer, double level) {
    for (int i = 0; i < sharer.on.length; i++) {
      SharedResource resource = sharer.on[i];
      resource.load -= sharer.uses[i] * level;
      resource.unsettled++;
    }
  }

  /** Its other resources, where they are full, have more for others now. */
  private void lower(Sharer sharer, int bottleneck, double byLevel) {
    for (int i = 0; i < sharer.on.length; i++) {
      SharedResource resource = sharer.on[i];
      resource.load -= sharer.uses[i] * byLevel;
      if (resource.id != bottleneck && resource.fullLevel != SharedResource.NOT_FULL) {
        enqueue(resource);
      }
    }
  }

  private void touch(int flow, Sharer sharer) {
    if (!sharer.touched) {
      sharer.touched = true;
      sharer.levelBefore = levels[flow];
      touched[touches++] = flow;
    }
  }

  /** Moves the flows whose level has changed to the front of {@link #changed}; how many they are. */
  int changes() {
    int changes = 0;
    for (int i = 0; i < touches; i++) {
      int flow = touched[i];
      Sharer sharer = sharers[flow];
      sharer.touched = false;
      if (sharer.levelBefore != levels[flow]) {
        touched[changes++] = flow;
      }
    }
    touches = changes;
    return changes;
  }

  int changed(int index) {
    return touched[index];
  }
}
