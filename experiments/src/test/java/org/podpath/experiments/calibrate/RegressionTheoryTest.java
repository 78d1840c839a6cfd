package org.podpath.experiments.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegressionTheoryTest {
  private static final double[] TRUTH = {600, 250, 35, 0, 1200};
  private static final List<Unknown> UNKNOWNS =
      List.of(
          new Unknown("veth", 360, 100, 1000),
          new Unknown("bridge", 430, 100, 1000),
          new Unknown("look-up", 60, 0, 200),
          new Unknown("nothing", 50, 0, 100),
          new Unknown("tunnel", 2000, 500, 3500));

  /** Between 5,000 and 20,000 ns with 1 % of noise: three standard deviations of the mean of each. */
  @Test
  void knownCostsAreRecoveredFromMeasurementsWithNoise() {
    Regression fit = new Regression(UNKNOWNS, measurements(400, 0.01));

    List<Regression.Interval> intervals = fit.intervals();
    for (int j = 0; j < TRUTH.length; j++) {
      assertThat(TRUTH[j])
          .as(UNKNOWNS.get(j).name())
          .isBetween(intervals.get(j).low() - 1e-9, intervals.get(j).high());
      assertThat(fit.values()[j]).isCloseTo(TRUTH[j], within(Math.max(12, 0.03 * TRUTH[j])));
    }
  }

  /** Without noise and with every unknown alone in a row, priors move a value by λ/(1 + λ) at most. */
  @Test
  void measurementsWithoutNoiseGiveTheCostsThemselves() {
    Regression fit = new Regression(UNKNOWNS, measurements(400, 0));

    for (int j = 0; j < TRUTH.length; j++) {
      assertThat(fit.values()[j]).isCloseTo(TRUTH[j], within(Math.max(2, 0.005 * TRUTH[j])));
    }
    for (double error : fit.errorRatios()) {
      assertThat(error).isCloseTo(0, within(1e-3));
    }
  }

  /** 100 repetitions of 95 % intervals of five unknowns: 500 · 0.95 ± 4 standard deviations of 5. */
  @Test
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    int held = 0;
    for (int repetition = 0; repetition < 100; repetition++) {
      Regression fit = new Regression(UNKNOWNS, measurements(repetition * 7919L, 60, 0.02));
      List<Regression.Interval> intervals = fit.intervals();
      for (int j = 0; j < TRUTH.length; j++) {
        Regression.Interval interval = intervals.get(j);
        held += TRUTH[j] >= interval.low() && TRUTH[j] <= interval.high() ? 1 : 0;
      }
    }

    assertThat(held).isBetween(455, 497);
  }

  @Test
  void anUnknownThatNoMeasurementHasKeepsItsPrior() {
    List<Unknown> more = new ArrayList<>(UNKNOWNS);
    more.add(new Unknown("never seen", 77, 10, 200));
    List<Equation> equations =
        measurements(50, 0.01).stream()
            .map(
                e -> new Equation(
                    java.util.Arrays.copyOf(e.coefficients(), 6), 0, e.measured(), e.weight()))
            .toList();

    Regression fit = new Regression(more, equations);

    assertThat(fit.values()[5]).isCloseTo(77, within(1e-9));
    assertThat(ToldApart.groups(fit)).containsExactly(List.of("never seen"));
  }

  /** Each row has as many of the one as of the other, so their sum is known: 1,200 + 250. */
  @Test
  void unknownsThatAlwaysComeTogetherAreNamedAndTheirSumIsRight() {
    List<Unknown> unknowns =
        List.of(UNKNOWNS.get(0), new Unknown("out", 500, 100, 900),
            new Unknown("in", 700, 100, 1300));
    List<Equation> equations = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      double pairs = i % 4;
      double measured = 5 * i * 600 + pairs * (1200 + 250);
      equations.add(
          new Equation(new double[] {5 * i, pairs, pairs}, 0, measured, 1 / measured));
    }

    Regression fit = new Regression(unknowns, equations);

    assertThat(ToldApart.groups(fit)).containsExactly(List.of("out", "in"));
    assertThat(fit.values()[1] + fit.values()[2]).isCloseTo(1450, within(15.0));
    // the part of the sum that the priors do not have, 1450 − 1200, by the squares of their widths:
    // 800² to 1200²
    assertThat(fit.values()[1]).isCloseTo(500 + 250 * 0.64 / (0.64 + 1.44), within(8.0));
  }

  /** Fitted again without the row, by hand. */
  @Test
  void theErrorOfARowLeftOutIsThatOfAFitToTheOthers() {
    List<Equation> equations = measurements(20, 0.05);

    double[] errors = new Regression(UNKNOWNS, equations).leaveOneOutErrorRatios();

    for (int i = 0; i < equations.size(); i++) {
      List<Equation> others = new ArrayList<>(equations);
      Equation left = others.remove(i);
      double error = left.errorRatio(new Regression(UNKNOWNS, others).values());
      assertThat(errors[i]).isCloseTo(error, within(1e-9));
    }
  }

  private static List<Equation> measurements(int rows, double noiseRatio) {
    return measurements(11, rows, noiseRatio);
  }

  private static List<Equation> measurements(long seed, int rows, double noiseRatio) {
    SplittableRandom random = new SplittableRandom(seed);
    java.util.Random normal = new java.util.Random(seed);
    List<Equation> equations = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] coefficients = random.ints(TRUTH.length, 0, 8).asDoubleStream().toArray();
      coefficients[0]++;
      double exact = new Equation(coefficients, 0, 1, 1).predicted(TRUTH);
      double measured = exact * (1 + noiseRatio * normal.nextGaussian());
      equations.add(new Equation(coefficients, 0, measured, 1 / measured));
    }
    return equations;
  }
}
