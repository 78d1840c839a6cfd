package org.podpath.experiments.calibrate;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Weighted least squares with priors, no unknown below zero: min ‖W(Aθ − y)‖² + λ‖D(θ − θ₀)‖² over θ
 * ≥ 0, where D is one over the width of each prior's range.
 *
 * <p>λ = (4σ)² with σ the relative error of a measurement: then a prior counts as a measurement whose
 * range is four of its standard deviations wide (Hoerl and Kennard, "Ridge regression", Technometrics
 * 12, 1970; as a posterior mean, Lindley and Smith, JRSS B 34, 1972).
 */
final class Regression {
  /** assumption: medians of five runs on a shared machine repeat to 2 %. */
  static final double ERROR_RATIO = 0.02;

  private static final double LAMBDA = 16 * ERROR_RATIO * ERROR_RATIO;

  private final List<Unknown> unknowns;
  private final List<Equation> equations;
  /** Normal equations in units of the priors' widths, the data's part alone. */
  private final double[][] information;
  private final double[] right;
  private final double[] values;

  /** The best values for {@code equations}. */
  Regression(List<Unknown> unknowns, List<Equation> equations) {
    this.unknowns = List.copyOf(unknowns);
    this.equations = List.copyOf(equations);
    int n = unknowns.size();
    information = new double[n][n];
    right = new double[n];
    for (int j = 0; j < n; j++) {
      right[j] = LAMBDA * unknowns.get(j).prior() / unknowns.get(j).rangeWidth();
    }
    equations.forEach(equation -> add(equation, 1));
    values = solve();
  }

  /** A value of an unknown and where it lies. */
  record Interval(double value, double low, double high) {}

  /** The fitted values. */
  double[] values() {
    return values.clone();
  }

  /** What was fitted, in order. */
  List<Unknown> unknowns() {
    return unknowns;
  }

  /** What it was fitted to, in order. */
  List<Equation> equations() {
    return equations;
  }

  /** The data's part of the normal equations, each unknown in units of its prior's range. */
  double[][] information() {
    return Arrays.stream(information).map(double[]::clone).toArray(double[][]::new);
  }

  /** What the prior adds to the diagonal of {@link #information()}. */
  static double priorInformation() {
    return LAMBDA;
  }

  /** What was minimised. */
  double objective() {
    double sum = squares();
    for (int j = 0; j < values.length; j++) {
      double off = (values[j] - unknowns.get(j).prior()) / unknowns.get(j).rangeWidth();
      sum += LAMBDA * off * off;
    }
    return sum;
  }

  /** Errors of all equations as shares of what was measured, with the fitted values. */
  double[] errorRatios() {
    return equations.stream().mapToDouble(e -> e.errorRatio(values)).toArray();
  }

  /** The same for each equation with the values that all the others give: fitted anew each time. */
  double[] leaveOneOutErrorRatios() {
    double[] errors = new double[equations.size()];
    for (int i = 0; i < errors.length; i++) {
      Equation left = equations.get(i);
      add(left, -1);
      errors[i] = left.errorRatio(solve());
      add(left, 1);
    }
    return errors;
  }

  /** 95 % intervals by Student's t, from the curvature around the values above zero. */
  List<Interval> intervals() {
    boolean[] free = new boolean[values.length];
    for (int j = 0; j < free.length; j++) {
      free[j] = values[j] > 0;
    }
    double[] deviations = new double[values.length];
    int[] indices = NonNegativeLeastSquares.indices(free);
    double leftOver = Math.max(1, equations.size() - indices.length);
    double times = new TDistribution(leftOver).inverseCumulativeProbability(0.975)
        * Math.sqrt(squares() / leftOver);
    if (indices.length > 0) {
      double[][] part = NonNegativeLeastSquares.part(withPriors(), indices);
      double[][] covariance =
          new CholeskyDecomposition(new Array2DRowRealMatrix(part, false)).getSolver()
              .getInverse()
              .getData();
      for (int i = 0; i < indices.length; i++) {
        deviations[indices[i]] = Math.sqrt(covariance[i][i]);
      }
    }
    for (int j = 0; j < deviations.length; j++) {
      if (!free[j]) {
        deviations[j] = 1 / Math.sqrt(information[j][j] + LAMBDA);
      }
    }
    Interval[] intervals = new Interval[values.length];
    for (int j = 0; j < intervals.length; j++) {
      double half = times * deviations[j] * unknowns.get(j).rangeWidth();
      intervals[j] = new Interval(values[j], Math.max(0, values[j] - half), values[j] + half);
    }
    return List.of(intervals);
  }

  private double squares() {
    double sum = 0;
    for (Equation equation : equations) {
      double error = equation.weight() * (equation.predicted(values) - equation.measured());
      sum += error * error;
    }
    return sum;
  }

  private void add(Equation equation, int sign) {
    int n = unknowns.size();
    double[] scaled = new double[n];
    for (int j = 0; j < n; j++) {
      scaled[j] =
          equation.weight() * equation.coefficients()[j] * unknowns.get(j).rangeWidth();
    }
    double target = equation.weight() * (equation.measured() - equation.known());
    for (int j = 0; j < n; j++) {
      if (scaled[j] != 0) {
        right[j] += sign * scaled[j] * target;
        for (int k = 0; k < n; k++) {
          information[j][k] += sign * scaled[j] * scaled[k];
        }
      }
    }
  }

  private double[][] withPriors() {
    double[][] gram = information();
    for (int j = 0; j < gram.length; j++) {
      gram[j][j] += LAMBDA;
    }
    return gram;
  }

  private double[] solve() {
    double[] scaled = NonNegativeLeastSquares.minimum(withPriors(), right);
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] *= unknowns.get(j).rangeWidth();
    }
    return scaled;
  }
}
