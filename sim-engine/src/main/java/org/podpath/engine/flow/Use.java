package org.podpath.engine.flow;

/**
 * What a flow takes of the resources that it shares with others.
 *
 * @param resources the resources it uses, each once
 * @param amounts how much of the resource of the same position one unit of rate takes, above 0
 * @param weight its share where it competes: twice the weight, twice the rate; above 0
 * @param cap rate that it never exceeds, above 0, such as that of its window; {@link #NO_CAP} where
 *     nothing but resources limits it
 */
public record Use(int[] resources, double[] amounts, double weight, double cap) {
  /** What four of them, multiplied or divided, and sums of those, neither overflow nor vanish with. */
  private static final double LEAST = 1e-75;
  private static final double MOST = 1e75;

  /** The cap of a flow that has none. */
  public static final double NO_CAP = Double.POSITIVE_INFINITY;

  /** That of an ordinary flow: weight 1, no cap. */
  public static Use of(int[] resources, double[] amounts) {
    return new Use(resources, amounts, 1, NO_CAP);
  }

  /** Refuses what has no fair share; {@code flow} and resources are named in the message. */
  void check(int flow, int knownResources, SharingNames names) {
    if (resources.length == 0 && cap == NO_CAP) {
      throw new IllegalArgumentException(names.flow(flow) + " uses no resource");
    }
    if (resources.length != amounts.length) {
      throw new IllegalArgumentException(
          names.flow(flow) + " uses " + resources.length + " resources, but has " + amounts.length
              + " amounts");
    }
    for (int i = 0; i < resources.length; i++) {
      int resource = resources[i];
      if (resource < 0 || resource >= knownResources) {
        throw new IllegalArgumentException(
            names.flow(flow) + " uses resource " + resource + ", but there are " + knownResources);
      }
      if (!isPositive(amounts[i])) {
        throw notPositive(
            "the use of " + names.resource(resource) + " by " + names.flow(flow), amounts[i]);
      }
      for (int j = 0; j < i; j++) {
        if (resources[j] == resource) {
          throw new IllegalArgumentException(
              names.flow(flow) + " uses " + names.resource(resource) + " twice");
        }
      }
    }
    if (!isPositive(weight)) {
      throw notPositive("the weight of " + names.flow(flow), weight);
    }
    if (cap != NO_CAP && !isPositive(cap)) {
      throw notPositive("the cap of " + names.flow(flow), cap);
    }
  }

  /** Refuses a capacity that is none. */
  static void checkCapacity(int resource, double capacity, SharingNames names) {
    if (!isPositive(capacity)) {
      throw notPositive("the capacity of " + names.resource(resource), capacity);
    }
  }

  /** NaN is not. */
  private static boolean isPositive(double value) {
    return value >= LEAST && value <= MOST;
  }

  private static IllegalArgumentException notPositive(String what, double value) {
    boolean extreme = value > 0 && value < Double.POSITIVE_INFINITY;
    return new IllegalArgumentException(
        what + " is " + value
            + (extreme ? ", not from " + LEAST + " to " + MOST : ", not above 0 and finite"));
  }
}
