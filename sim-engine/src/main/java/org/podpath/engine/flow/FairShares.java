package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * Weighted max-min fair rates of flows that come and go, under capacities of links and cores that may
 * change. What a change does not reach keeps its rate to the last bit.
 *
 * <p>Source of the fairness: D. Bertsekas, R. Gallager, "Data Networks", 2nd ed., section 6.5.2. A
 * solution depends on the flows and capacities there are, not on the order in which they came:
 * {@link Levels} has the algorithm, {@link MaxMinSolver} the same in few lines.
 */
public final class FairShares {
  private static final double AGREES_RATIO = 1e-9;

  private final SharedResource[] resources;
  private final Levels levels;
  private Use[] uses = new Use[16];
  private Sharer[] sharers = new Sharer[16];
  private int[] added = new int[16];
  private int additions;
  private SharedResource[] disturbed = new SharedResource[16];
  private int disturbances;
  private double lowestLevel = SharedResource.NOT_FULL;
  private int count;
  private int changes;

  /**
   * Resources by number, with nobody on them.
   *
   * @throws IllegalArgumentException if a capacity is not above 0 and finite
   */
  public FairShares(double[] capacities) {
    resources = new SharedResource[capacities.length];
    for (int id = 0; id < resources.length; id++) {
      Use.requirePositive(capacities[id], "the capacity of resource " + id);
      resources[id] = new SharedResource(id, capacities[id]);
    }
    levels = new Levels(resources);
  }

  /**
   * Changes what a resource has to give.
   *
   * @throws IllegalArgumentException if it is not above 0 and finite
   */
  public void capacity(int resource, double capacity) {
    Use.requirePositive(capacity, "the capacity of resource " + resource);
    SharedResource shared = resources[resource];
    lowestLevel = Math.min(lowestLevel, shared.lowestFullLevel());
    shared.capacity = capacity;
    lowestLevel = Math.min(lowestLevel, shared.lowestFullLevel());
    disturb(shared);
  }

  /**
   * A flow comes; it has no rate before {@link #solve}.
   *
   * @param flow a number that no other flow has, from 0; small numbers keep arrays short
   * @throws IllegalArgumentException if the number is taken, or no share of {@code use} would be fair
   */
  public void add(int flow, Use use) {
    if (flow < 0 || flow < sharers.length && sharers[flow] != null) {
      throw new IllegalArgumentException("there is a flow " + flow + " already, or it is below 0");
    }
    use.check(flow, resources.length);
    if (flow >= sharers.length) {
      int room = Math.max(flow + 1, 2 * sharers.length);
      sharers = Arrays.copyOf(sharers, room);
      uses = Arrays.copyOf(uses, room);
    }
    uses[flow] = use;
    sharers[flow] = new Sharer(use, resources);
    levels.add(flow, sharers[flow]);
    if (additions == added.length) {
      added = Arrays.copyOf(added, 2 * additions);
    }
    added[additions++] = flow;
    count++;
  }

  /**
   * A flow goes.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public void remove(int flow) {
    Sharer sharer = sharer(flow);
    double level = levels.level(flow);
    for (SharedResource resource : sharer.on) {
      if (level != Levels.UNSETTLED && resource.fullLevel != SharedResource.NOT_FULL) {
        disturb(resource);
      }
    }
    lowestLevel = Math.min(lowestLevel, level);
    levels.remove(flow);
    sharers[flow] = null;
    count--;
  }

  /** Finds the rates after all that came, went and changed since the last time. */
  public void solve() {
    double from = lowestLevel;
    for (int i = 0; i < additions; i++) {
      if (sharers[added[i]] != null) {
        from = Math.min(from, lowestLevel(sharers[added[i]]));
      }
    }
    levels.begin(from);
    for (int i = 0; i < disturbances; i++) {
      levels.enqueue(disturbed[i]);
    }
    for (int i = 0; i < additions; i++) {
      if (sharers[added[i]] != null) {
        levels.enqueueAll(added[i]);
      }
    }
    levels.sweep();
    changes = levels.changes();
    additions = 0;
    disturbances = 0;
    lowestLevel = SharedResource.NOT_FULL;
  }

  /**
   * Rate of a flow as of the last solution.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public double rate(int flow) {
    Sharer sharer = sharer(flow);
    double level = levels.level(flow);
    return level == Levels.UNSETTLED ? 0 : sharer.weight * level;
  }

  /** How many flows there are. */
  public int count() {
    return count;
  }

  /** How many flows have another rate since the last solution than before it. */
  public int changes() {
    return changes;
  }

  /** One of the flows that have another rate, {@code index} from 0. */
  public int changed(int index) {
    return levels.changed(index);
  }

  /** How many flows use the resource. */
  public int countOn(int resource) {
    return resources[resource].count;
  }

  /** One of the flows that use the resource, {@code index} from 0, in order of their numbers. */
  public int flowOn(int resource, int index) {
    return resources[resource].flows[index];
  }

  /** How much of the resource all flows take. */
  public double taken(int resource) {
    SharedResource shared = resources[resource];
    double taken = 0;
    for (int i = 0; i < shared.count; i++) {
      double level = levels.level(shared.flows[i]);
      taken += level == Levels.UNSETTLED ? 0 : shared.uses[i] * level;
    }
    return taken;
  }

  /**
   * Solves everything anew with {@link MaxMinSolver} and compares.
   *
   * @throws IllegalStateException if the rate of a flow differs by more than 1e-9, relative
   */
  public void verify() {
    int[] flows = new int[count];
    Use[] problem = new Use[count];
    for (int flow = 0, i = 0; i < count; flow++) {
      if (sharers[flow] != null) {
        flows[i] = flow;
        problem[i++] = uses[flow];
      }
    }
    double[] capacities = Arrays.stream(resources).mapToDouble(r -> r.capacity).toArray();
    double[] expected = MaxMinSolver.rates(capacities, problem);
    for (int i = 0; i < count; i++) {
      double rate = rate(flows[i]);
      if (!(Math.abs(rate - expected[i]) <= AGREES_RATIO * expected[i])) {
        throw new IllegalStateException(
            "flow " + flows[i] + " has the rate " + rate + ", but all solved anew it is "
                + expected[i]);
      }
    }
  }

  private static double lowestLevel(Sharer sharer) {
    double lowest = sharer.capLevel;
    for (SharedResource resource : sharer.on) {
      lowest = Math.min(lowest, resource.lowestFullLevel());
    }
    return lowest;
  }

  private void disturb(SharedResource resource) {
    if (disturbances == disturbed.length) {
      disturbed = Arrays.copyOf(disturbed, 2 * disturbances);
    }
    disturbed[disturbances++] = resource;
  }

  private Sharer sharer(int flow) {
    if (flow < 0 || flow >= sharers.length || sharers[flow] == null) {
      throw new IllegalArgumentException("there is no flow " + flow);
    }
    return sharers[flow];
  }
}
