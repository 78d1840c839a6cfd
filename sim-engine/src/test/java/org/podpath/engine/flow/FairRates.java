package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What rates are if they are weighted max-min fair. Source: D. Bertsekas, R. Gallager, "Data Networks",
 * 2nd ed., section 6.5.2: no resource has more than it can give, and each flow is at its cap or has a
 * full resource on which no other one has a larger rate by weight.
 */
final class FairRates {
  private static final double SAME_RATIO = 1e-9;

  private FairRates() {}

  /** Fails where the rates of these flows are not fair, to 1e-9. */
  static void assertFair(double[] capacities, Use[] uses, double[] rates) {
    double[] load = new double[capacities.length];
    double[] highestLevel = new double[capacities.length];
    for (int flow = 0; flow < uses.length; flow++) {
      double level = rates[flow] / uses[flow].weight();
      for (int i = 0; i < uses[flow].resources().length; i++) {
        int resource = uses[flow].resources()[i];
        load[resource] += rates[flow] * uses[flow].amounts()[i];
        highestLevel[resource] = Math.max(highestLevel[resource], level);
      }
    }
    for (int resource = 0; resource < capacities.length; resource++) {
      assertThat(load[resource]).as("resource %d", resource)
          .isLessThanOrEqualTo(capacities[resource] * (1 + SAME_RATIO));
    }
    for (int flow = 0; flow < uses.length; flow++) {
      double level = rates[flow] / uses[flow].weight();
      boolean held = rates[flow] >= uses[flow].cap() * (1 - SAME_RATIO);
      for (int resource : uses[flow].resources()) {
        boolean full = load[resource] >= capacities[resource] * (1 - SAME_RATIO);
        held |= full && level >= highestLevel[resource] * (1 - SAME_RATIO);
      }
      assertThat(held).as("something holds flow %d", flow).isTrue();
      assertThat(rates[flow]).as("flow %d", flow)
          .isLessThanOrEqualTo(uses[flow].cap() * (1 + SAME_RATIO));
    }
  }
}
