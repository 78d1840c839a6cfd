package org.podpath.engine.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.kernel.Simulator;

/**
 * L = lambda W of one run, from empty to empty, to the last picosecond: the area under the number
 * of customers is the sum of their sojourn times.
 *
 * <p>Source: J. D. C. Little, "A proof for the queuing formula L = lambda W", Operations Research
 * 9(3), 1961.
 */
class LittlesLawTheoryTest {
  private static final int CUSTOMERS = 100_000;
  private static final double SERVICE_PS = 1e6;

  private final Simulator simulator = new Simulator(7);
  private FifoServer server;
  private long areaPs;
  private long areaUntilPs;
  private long sojournsPs;
  private int arrived;
  private int departed;

  /** At a load of 1.5 the line only grows, and is worked off after the last arrival. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.9, 1.5})
  void customersTimesTimeIsTheSumOfTheirSojourns(double load) {
    var gapPs = new ExponentialDistribution(simulator.random("arrivals").forDistributions(),
        SERVICE_PS / load);
    var servicePs =
        new ExponentialDistribution(simulator.random("services").forDistributions(), SERVICE_PS);
    server = new FifoServer(simulator, () -> Math.round(servicePs.sample()), this::depart);
    Source.start(simulator, () -> Math.round(gapPs.sample()), this::arrive);

    simulator.runUntil(Simulator.LONGEST_RUN_PS);

    assertThat(departed).isEqualTo(CUSTOMERS);
    assertThat(areaPs).isPositive().isEqualTo(sojournsPs);
  }

  private void arrive() {
    if (arrived == CUSTOMERS) {
      return;
    }
    arrived++;
    addAreaOf(server.customers());
    server.arrive();
  }

  private void depart(long sojournPs) {
    addAreaOf(server.customers() + 1);
    sojournsPs += sojournPs;
    if (++departed == CUSTOMERS) {
      simulator.stop();
    }
  }

  /** There were so many customers since the last change. */
  private void addAreaOf(int customers) {
    areaPs += customers * (simulator.nowPs() - areaUntilPs);
    areaUntilPs = simulator.nowPs();
  }
}
