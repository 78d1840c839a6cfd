package org.podpath.engine.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.ConstantRealDistribution;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;

/**
 * M/G/1: the 99 % confidence interval of the simulation holds the closed form and is at most so
 * wide. One run each, 30 batches after one that is thrown away because it starts empty.
 *
 * <p>Source: L. Kleinrock, "Queueing Systems", volume 1, sections 3.2 and 5.6.
 */
class SingleServerTheoryTest {
  private static final int BATCHES = 30;
  private static final double SERVICE_PS = 1e6;

  /** How long a service takes: one microsecond on average. */
  enum Service {
    /** M/M/1: variance equals the squared mean. */
    EXPONENTIAL(1),
    /** M/D/1. */
    CONSTANT(0),
    /** M/G/1 with twice the variance of M/M/1. */
    LOG_NORMAL(2);

    private final double squaredVariation;

    Service(double squaredVariation) {
      this.squaredVariation = squaredVariation;
    }

    RealDistribution distribution(RandomStream stream) {
      return switch (this) {
        case EXPONENTIAL -> new ExponentialDistribution(stream.forDistributions(), SERVICE_PS);
        case CONSTANT -> new ConstantRealDistribution(SERVICE_PS);
        case LOG_NORMAL -> {
          double variance = Math.log(1 + squaredVariation);
          double scale = Math.log(SERVICE_PS) - variance / 2;
          yield new LogNormalDistribution(stream.forDistributions(), scale, Math.sqrt(variance));
        }
      };
    }

    /** Pollaczek-Khinchine: s + rho s (1 + c^2) / (2 (1 - rho)); s / (1 - rho) where c = 1. */
    double meanSojournPs(double load) {
      return SERVICE_PS + load * SERVICE_PS * (1 + squaredVariation) / (2 * (1 - load));
    }
  }

  @ParameterizedTest
  @CsvSource({
      "EXPONENTIAL, 0.3",
      "EXPONENTIAL, 0.6",
      "CONSTANT, 0.3",
      "CONSTANT, 0.6",
      "LOG_NORMAL, 0.3",
      "LOG_NORMAL, 0.6",
  })
  void theMeanSojournFollowsPollaczekAndKhinchine(Service service, double load) {
    assertMeanSojourn(service, load, 100_000, 0.02);
  }

  /** A fifth of the customers of the slow test give an interval of more than twice its width. */
  @ParameterizedTest
  @CsvSource({"EXPONENTIAL", "CONSTANT", "LOG_NORMAL"})
  void theMeanSojournUnderHighLoadFollowsPollaczekAndKhinchineRoughly(Service service) {
    assertMeanSojourn(service, 0.9, 130_000, 0.05);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"EXPONENTIAL", "CONSTANT", "LOG_NORMAL"})
  void theMeanSojournUnderHighLoadFollowsPollaczekAndKhinchine(Service service) {
    assertMeanSojourn(service, 0.9, 700_000, 0.02);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6})
  void oneInAHundredCustomersOfAnMM1QueueStaysLongerThanTheLogarithmSays(double load) {
    assertSlowestHundredth(load, 100_000, 0.02);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(doubles = {0.9})
  void underHighLoadTooOneInAHundredStaysLongerThanTheLogarithmSays(double load) {
    assertSlowestHundredth(load, 1_000_000, 0.02);
  }

  private static void assertMeanSojourn(
      Service service, double load, int batchCustomers, double precisionRatio) {
    BatchMeans sojournPs = simulate(
        service, load, batchCustomers, batchPs -> Arrays.stream(batchPs).average().orElseThrow());

    assertHolds(sojournPs, service.meanSojournPs(load), precisionRatio);
  }

  /** The sojourn of M/M/1 is exponential with rate mu - lambda: p99 = ln(100) / (mu - lambda). */
  private static void assertSlowestHundredth(
      double load, int batchCustomers, double precisionRatio) {
    BatchMeans slowestPs = simulate(Service.EXPONENTIAL, load, batchCustomers, batchPs -> {
      Arrays.sort(batchPs);
      return batchPs[batchCustomers / 100 * 99];
    });

    assertHolds(slowestPs, Math.log(100) * SERVICE_PS / (1 - load), precisionRatio);
  }

  private static void assertHolds(BatchMeans batches, double expected, double precisionRatio) {
    assertThat(batches.mean()).isCloseTo(expected, within(batches.halfWidth()));
    assertThat(batches.halfWidth()).isLessThanOrEqualTo(precisionRatio * expected);
  }

  /** One run: {@code figure} of the sojourn times of each batch but the first. */
  private static BatchMeans simulate(
      Service service, double load, int batchCustomers, ToDoubleFunction<long[]> figure) {
    Simulator simulator = new Simulator(7);
    BatchMeans batches = new BatchMeans(batchCustomers, BATCHES, figure, simulator::stop);
    RealDistribution gapPs =
        new ExponentialDistribution(simulator.random("arrivals").forDistributions(),
            SERVICE_PS / load);
    RealDistribution servicePs = service.distribution(simulator.random("services"));
    FifoServer server = new FifoServer(simulator, wholePs(servicePs), batches);
    Source.start(simulator, wholePs(gapPs), server::arrive);

    simulator.runUntil(Simulator.LONGEST_RUN_PS);

    return batches;
  }

  private static LongSupplier wholePs(RealDistribution distributionPs) {
    return () -> Math.round(distributionPs.sample());
  }
}
