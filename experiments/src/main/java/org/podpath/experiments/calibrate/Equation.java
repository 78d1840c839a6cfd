package org.podpath.experiments.calibrate;

/**
 * What was measured, as a sum of unknowns.
 *
 * @param coefficients how often each unknown is in it
 * @param known what is in it beside the unknowns
 * @param measured the sum
 * @param weight how much an error counts; 1/measured makes errors relative
 */
record Equation(double[] coefficients, double known, double measured, double weight) {
  Equation {
    if (!(measured > 0 && weight > 0)) {
      throw new IllegalArgumentException(
          "a measurement is above 0: " + measured + " of weight " + weight);
    }
  }

  /** What the sum is with these values. */
  double predicted(double[] values) {
    double sum = known;
    for (int j = 0; j < values.length; j++) {
      sum += coefficients[j] * values[j];
    }
    return sum;
  }

  /** How far from the measurement that is, as a share of it. */
  double errorRatio(double[] values) {
    return predicted(values) / measured - 1;
  }
}
