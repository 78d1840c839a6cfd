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
    int unsettled = resources.length;
    while (unsettled > 0) {
      Arrays.fill(demand, 0);
      for (int flow = 0; flow < rates.length; flow++) {
        for (int i = 0; rates[flow] < 0 && i < resources[flow].length; i++) {
          demand[resources[flow][i]] += use[flow][i];
        }
      }
      int tightest = tightest(left, demand);
      double level = Math.max(0, left[tightest] / demand[tightest]);
      for (int flow = 0; flow < rates.length; flow++) {
        if (rates[flow] < 0 && uses(resources[flow], tightest)) {
          rates[flow] = level;
          unsettled--;
          for (int i = 0; i < resources[flow].length; i++) {
            left[resources[flow][i]] -= level * use[flow][i];
          }
        }
      }
    }
    return rates;
  }

  private static int tightest(double[] left, double[] demand) {
    int tightest = -1;
    double lowest = Double.POSITIVE_INFINITY;
    for (int resource = 0; resource < left.length; resource++) {
      if (demand[resource] > 0 && left[resource] / demand[resource] < lowest) {
        lowest = left[resource] / demand[resource];
        tightest = resource;
      }
    }
    return tightest;
  }

  private static boolean uses(int[] resources, int resource) {
    for (int candidate : resources) {
      if (candidate == resource) {
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
