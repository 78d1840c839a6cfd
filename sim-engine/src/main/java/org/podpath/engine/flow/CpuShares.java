package org.podpath.engine.flow;

import java.util.TreeSet;

/**
 * CPUs that threads of several pods share: each pod gets the same time of what softirqs leave, and what
 * one does not need goes to the others.
 *
 * <p>Source: Linux, Documentation/scheduler/sched-design-CFS.rst; pods are control groups of the same
 * weight. Rates are solved under a limit for each pod, and the limits follow the rates until both
 * agree.
 */
final class CpuShares {
  /** Limits that differ by less are the same. */
  private static final double SAME_RATIO = 1e-9;

  /** assumption: softirqs never leave nothing at all. */
  private static final double LEAST_RATIO = 1e-3;

  private final Resources resources;
  /** Of each resource: flows that use it, and of a CPU how many pods have flows on it. */
  private final int[] flows;
  /** Of a share: what it allows. */
  private final double[] limits;
  private final TreeSet<Integer> crowded = new TreeSet<>();

  CpuShares(Resources resources) {
    this.resources = resources;
    flows = new int[resources.count()];
    limits = resources.capacities();
  }

  /** A flow comes. */
  void began(Use use) {
    for (int resource : use.resources()) {
      int cpu = resources.cpuOfShare(resource);
      if (cpu != Resources.NONE && flows[resource]++ == 0 && ++flows[cpu] == 2) {
        crowded.add(cpu);
      }
    }
  }

  /** A flow goes. */
  void ended(Use use) {
    for (int resource : use.resources()) {
      int cpu = resources.cpuOfShare(resource);
      if (cpu != Resources.NONE && --flows[resource] == 0) {
        flows[cpu]--;
      }
    }
  }

  /**
   * Sets limits by the last solution.
   *
   * @param newRatio how much of a change is made
   * @return whether some have changed
   */
  boolean follow(StreamRates rates, double newRatio) {
    boolean changed = false;
    for (int cpu : crowded) {
      changed |= follow(cpu, rates, newRatio);
    }
    crowded.removeIf(cpu -> flows[cpu] < 2);
    return changed;
  }

  private boolean follow(int cpu, StreamRates rates, double newRatio) {
    int[] shares = resources.sharesOn(cpu);
    double left = rates.capacity(cpu) - rates.taken(cpu);
    int hungry = 0;
    for (int share : shares) {
      left += rates.taken(share);
      hungry += isHungry(share, cpu, rates) ? 1 : 0;
    }
    double most = 1;
    double limit = hungry == 0 || flows[cpu] < 2
        ? most
        : level(shares, cpu, Math.max(LEAST_RATIO * most, left), rates);
    boolean changed = false;
    for (int share : shares) {
      double now = limits[share] + newRatio * (limit - limits[share]);
      if (Math.abs(now - limits[share]) > SAME_RATIO * now) {
        limits[share] = now;
        rates.limit(share, now);
        changed = true;
      }
    }
    return changed;
  }

  /** Whether more time would be used. */
  private static boolean isHungry(int share, int cpu, StreamRates rates) {
    for (int i = 0; i < rates.countOn(share); i++) {
      int holder = rates.holder(share, i);
      if (holder == share || holder == cpu) {
        return true;
      }
    }
    return false;
  }

  /** What each hungry one gets when all get at most that much of {@code seconds}. */
  private double level(int[] shares, int cpu, double seconds, StreamRates rates) {
    double level = 0;
    double before = -1;
    while (level != before) {
      before = level;
      double left = seconds;
      int sharing = 0;
      for (int share : shares) {
        boolean content = rates.taken(share) < level && !isHungry(share, cpu, rates);
        left -= content ? rates.taken(share) : 0;
        sharing += content || flows[share] == 0 ? 0 : 1;
      }
      level = left / sharing;
    }
    return level;
  }
}
