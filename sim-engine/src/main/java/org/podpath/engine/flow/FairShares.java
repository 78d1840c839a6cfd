package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * Weighted max-min fair rates of flows that come and go, under capacities of links and cores that
 * may change. What a change does not reach keeps its rate to the last bit.
 *
 * <p>Source of the fairness: D. Bertsekas, R. Gallager, "Data Networks", 2nd ed., section 6.5.2. A
 * solution depends on the flows and capacities there are, not on the order in which they came:
 * {@link Levels} has the algorithm, {@link MaxMinSolver} the same in few lines.
 */
public final class FairShares {
  private static final double AGREES_RATIO = 1e-9;

  /**
   * Where more than that share of the flows change, following the changes costs more than all anew.
   */
  private static final double RESTART_RATIO = 0.2;

  /** assumption: what counts is about the last ten solutions. */
  private static final double NEWEST_RATIO = 0.1;

  /** Null where no flow has ever been: of a large cluster most. */
  private final SharedResource[] resources;
  private final double[] capacities;
  private final SharingNames names;
  private final Levels levels;
  private final UseTable table = new UseTable();
  private int[] unsettled = new int[16];
  private int unsettledCount;
  private SharedResource[] disturbed = new SharedResource[16];
  private int disturbedCount;
  private double lowestLevel = SharedResource.NOT_FULL;
  private int count;
  private int changes;
  /** Share of the flows that a solution changes, of late, but for those that have just come. */
  private double changedRatio;

  /**
   * Resources by number, with nobody on them.
   *
   * @throws IllegalArgumentException if a capacity is not above 0 and finite
   */
  public FairShares(double[] capacities) {
    this(capacities, SharingNames.NUMBERS);
  }

  /** The same where messages know better names. */
  FairShares(double[] capacities, SharingNames names) {
    this.names = names;
    this.capacities = capacities.clone();
    resources = new SharedResource[capacities.length];
    for (int id = 0; id < resources.length; id++) {
      Use.checkCapacity(id, capacities[id], names);
    }
    levels = new Levels(resources, table);
  }

  /**
   * Changes what a resource has to give.
   *
   * @throws IllegalArgumentException if it is not above 0 and finite
   */
  public void capacity(int resource, double capacity) {
    Use.checkCapacity(resource, capacity, names);
    capacities[resource] = capacity;
    SharedResource shared = resources[resource];
    if (shared == null) {
      return;
    }
    shared.capacity = capacity;
    for (int i = 0; i < shared.count; i++) {
      int flow = shared.flows[i];
      if (levels.level(flow) != Levels.UNSETTLED) {
        disturb(flow);
        levels.unsettle(flow);
        toSettle(flow);
      }
    }
  }

  /**
   * A flow comes; it has no rate before {@link #solve}.
   *
   * @param flow a number that no other flow has, from 0; small numbers keep arrays short
   * @param use what it takes; its arrays stay as they are from now on
   * @throws IllegalArgumentException if the number is taken, or no share of {@code use} would be
   *     fair
   */
  public void add(int flow, Use use) {
    if (flow < 0 || table.has(flow)) {
      throw new IllegalArgumentException("there is a flow " + flow + " already, or it is below 0");
    }
    if (!table.remembers(flow, use)) {
      use.check(flow, resources.length, names);
    }
    table.add(flow, use);
    for (int resource : use.resources()) {
      if (resources[resource] == null) {
        resources[resource] = levels.resource(resource, capacities[resource]);
      }
    }
    levels.add(flow);
    toSettle(flow);
    count++;
  }

  /**
   * A flow goes.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public void remove(int flow) {
    require(flow);
    if (levels.level(flow) != Levels.UNSETTLED) {
      disturb(flow);
    }
    levels.remove(flow);
    table.remove(flow);
    count--;
  }

  /** Finds the rates after all that came, went and changed since the last time. */
  public void solve() {
    double from = lowestLevel;
    int came = unsettledCount;
    unsettledCount = 0;
    for (int i = 0; i < came; i++) {
      int flow = unsettled[i];
      if (table.has(flow) && !levels.settlesAlone(flow)) {
        from = Math.min(from, reach(flow));
        unsettled[unsettledCount++] = flow;
      }
    }
    levels.begin(from);
    if (changedRatio > RESTART_RATIO) {
      levels.unsettleFrom(from);
    }
    for (int i = 0; i < disturbedCount; i++) {
      levels.enqueue(disturbed[i]);
    }
    for (int i = 0; i < unsettledCount; i++) {
      levels.enqueueCap(unsettled[i]);
    }
    levels.sweep();
    changes = levels.takeChanges();
    if (count > 0) {
      double ratio = Math.max(0, changes - came) / (double) count;
      changedRatio += (ratio - changedRatio) * NEWEST_RATIO;
    }
    unsettledCount = 0;
    disturbedCount = 0;
    lowestLevel = SharedResource.NOT_FULL;
  }

  /**
   * Rate of a flow as of the last solution.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public double rate(int flow) {
    require(flow);
    return table.weight(flow) * levels.level(flow);
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

  /** What a resource has to give. */
  public double capacity(int resource) {
    return capacities[resource];
  }

  /** The resource that holds a flow at its rate; a number of no resource if its cap does. */
  public int holder(int flow) {
    return levels.holder(flow);
  }

  /** How many flows use the resource. */
  public int countOn(int resource) {
    return resources[resource] == null ? 0 : resources[resource].count;
  }

  /** One of the flows that use the resource, {@code index} from 0, in order of their numbers. */
  public int flowOn(int resource, int index) {
    return resources[resource].flows[index];
  }

  /** Whether flows take so much of what the resource has to give. */
  public boolean isFull(int resource, double ratio) {
    SharedResource shared = resources[resource];
    return shared != null
        && (shared.fullLevel() != SharedResource.NOT_FULL
            || shared.count > 0 && taken(resource) >= ratio * shared.capacity);
  }

  /** How much of the resource all flows take. */
  public double taken(int resource) {
    SharedResource shared = resources[resource];
    double taken = 0;
    for (int i = 0; i < countOn(resource); i++) {
      taken += shared.uses[i] * levels.level(shared.flows[i]);
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
      if (table.has(flow)) {
        flows[i] = flow;
        problem[i++] = table.use(flow);
      }
    }
    double[] expected = MaxMinSolver.rates(capacities, problem);
    for (int i = 0; i < count; i++) {
      double rate = rate(flows[i]);
      if (!(Math.abs(rate - expected[i]) <= AGREES_RATIO * expected[i])) {
        throw new IllegalStateException(
            names.flow(flows[i]) + " has the rate " + rate + ", but all solved anew it is "
                + expected[i]);
      }
    }
  }

  /**
   * A flow that has no level will change what it uses.
   *
   * @return a level below which nothing changes for that
   */
  private double reach(int flow) {
    double lowest = table.capLevel(flow);
    int end = table.end(flow);
    for (int i = table.first(flow) + 1; i < end; i++) {
      SharedResource resource = resources[table.resources[i]];
      if (resource.guardedLevel != SharedResource.NOT_FULL) {
        resource.guardedLevel = SharedResource.NOT_FULL;
        toVisit(resource);
        double level = resource.lowestFullLevel();
        if (level < lowest) { // Math.min of doubles takes care of -0 and NaN: three times as long
          lowest = level;
        }
      }
    }
    return lowest;
  }

  private void toSettle(int flow) {
    if (unsettledCount == unsettled.length) {
      unsettled = Arrays.copyOf(unsettled, 2 * unsettledCount);
    }
    unsettled[unsettledCount++] = flow;
  }

  /** What the flow uses may have more for others, where it is full. */
  private void disturb(int flow) {
    lowestLevel = Math.min(lowestLevel, levels.level(flow));
    for (int i = table.first(flow) + 1; i < table.end(flow); i++) {
      SharedResource resource = resources[table.resources[i]];
      if (resource.fullLevel() != SharedResource.NOT_FULL) {
        toVisit(resource);
      }
    }
  }

  private void toVisit(SharedResource resource) {
    if (disturbedCount == disturbed.length) {
      disturbed = Arrays.copyOf(disturbed, 2 * disturbedCount);
    }
    disturbed[disturbedCount++] = resource;
  }

  private void require(int flow) {
    if (!table.has(flow)) {
      throw new IllegalArgumentException("there is no flow " + flow);
    }
  }
}
