package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * Max-min fair rates under capacities, by progressive filling: all rates rise together until a
 * resource is full, the flows on it stay, the others go on.
 *
 * <p>Source: D. Bertsekas, R. Gallager, "Data Networks", 2nd ed., section 6.5.2. Cost: resources
 * times flows for every resource that fills.
 */
public final class MaxMinSolver {
  private MaxMinSolver() {}

  /**
   * Rates of flows with weights and caps: a weight counts as so many flows, a cap as a resource that
   * the flow has to itself.
   *
   * @param capacities of every resource, above 0
   * @throws IllegalArgumentException if no share of a flow would be fair
   */
  public static double[] rates(double[] capacities, Use[] uses) {
    int[][] resources = new int[uses.length][];
    double[][] use = new double[uses.length][];
    double[] all = Arrays.copyOf(capacities, capacities.length + uses.length);
    for (int flow = 0; flow < uses.length; flow++) {
      uses[flow].check(flow, capacities.length, SharingNames.NUMBERS);
      double weight = uses[flow].weight();
      int own = capacities.length + flow;
      boolean capped = uses[flow].cap() != Use.NO_CAP;
      all[own] = capped ? uses[flow].cap() / weight : 1;
      int count = uses[flow].resources().length;
      resources[flow] = Arrays.copyOf(uses[flow].resources(), capped ? count + 1 : count);
      use[flow] = Arrays.copyOf(uses[flow].amounts(), resources[flow].length);
      for (int i = 0; i < count; i++) {
        use[flow][i] *= weight;
      }
      if (capped) {
        resources[flow][count] = own;
        use[flow][count] = 1;
      }
    }
    double[] rates = rates(all, resources, use);
    for (int flow = 0; flow < uses.length; flow++) {
      rates[flow] *= uses[flow].weight();
    }
    return rates;
  }

  /**
   * Rates of all flows.
   *
   * @param capacities of every resource, above 0
   * @param resources for each flow, the resources it uses, each once
   * @param use for each flow, how much of the resource of the same position one unit of rate takes,
   *     above 0
   * @throws IllegalArgumentException if a flow uses no resource, or a number is not above 0 and
   *     finite
   */
  public static double[] rates(double[] capacities, int[][] resources, double[][] use) {
    check(capacities, resources, use);
    double[] rates = new double[resources.length];
    Arrays.fill(rates, -1);
    double[] left = capacities.clone();
    double[] demand = new double[capacities.length];
    boolean[] settled = new boolean[resources.length];
    int unsettled = resources.length;
    while (unsettled > 0) {
      Arrays.fill(demand, 0);
      for (int flow = 0; flow < rates.length; flow++) {
        for (int i = 0; rates[flow] < 0 && i < resources[flow].length; i++) {
          demand[resources[flow][i]] += use[flow][i];
        }
      }
      double level = Math.max(0, lowestLevel(left, demand));
      for (int flow = 0; flow < rates.length; flow++) {
        if (rates[flow] < 0 && fillsUp(resources[flow], left, demand, level)) {
          rates[flow] = level;
          unsettled--;
        }
      }
      for (int flow = 0; flow < rates.length; flow++) {
        if (rates[flow] >= 0 && !settled[flow]) {
          settled[flow] = true;
          for (int i = 0; i < resources[flow].length; i++) {
            left[resources[flow][i]] -= level * use[flow][i];
          }
        }
      }
    }
    return rates;
  }

  private static double lowestLevel(double[] left, double[] demand) {
    double lowest = Double.POSITIVE_INFINITY;
    for (int resource = 0; resource < left.length; resource++) {
      if (demand[resource] > 0) {
        lowest = Math.min(lowest, left[resource] / demand[resource]);
      }
    }
    return lowest;
  }

  /** Whether one of the resources is full at {@code level}; equal ones fill up together. */
  private static boolean fillsUp(int[] resources, double[] left, double[] demand, double level) {
    for (int resource : resources) {
      if (left[resource] / demand[resource] <= level) {
        return true;
      }
    }
    return false;
  }

  private static void check(double[] capacities, int[][] resources, double[][] use) {
    for (int resource = 0; resource < capacities.length; resource++) {
      require(capacities[resource], "the capacity of resource " + resource);
    }
    for (int flow = 0; flow < resources.length; flow++) {
      if (resources[flow].length == 0) {
        throw new IllegalArgumentException("flow " + flow + " uses no resource");
      }
      for (int i = 0; i < use[flow].length; i++) {
        require(use[flow][i], "the use of resource " + resources[flow][i] + " by flow " + flow);
      }
    }
  }

  private static void require(double value, String what) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " is " + value + ", not above 0 and finite");
    }
  }
}
