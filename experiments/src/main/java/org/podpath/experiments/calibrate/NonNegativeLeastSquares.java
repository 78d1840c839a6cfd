package org.podpath.experiments.calibrate;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Minimises ½ xᵀGx − cᵀx over x ≥ 0 by an active set.
 *
 * <p>Source: C. Lawson, R. Hanson, "Solving Least Squares Problems", 1974, chapter 23, algorithm
 * NNLS, on the normal equations as in R. Bro, S. de Jong, "A fast non-negativity-constrained least
 * squares algorithm", Journal of Chemometrics 11, 1997.
 */
final class NonNegativeLeastSquares {
  /** Slopes nearer to zero than this share of the largest are zero. */
  private static final double TOLERANCE_RATIO = 1e-11;

  /** A variable enters once or twice; more means that rounding leads in a circle. */
  private static final int MOST_ROUNDS_EACH = 30;

  private final double[][] gram;
  private final double[] right;
  private final boolean[] free;
  private final double[] x;

  private NonNegativeLeastSquares(double[][] gram, double[] right) {
    this.gram = gram;
    this.right = right;
    free = new boolean[right.length];
    x = new double[right.length];
  }

  /**
   * Where the minimum is.
   *
   * @param gram G, symmetric and positive definite
   * @param right c
   * @throws org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException if G is not
   */
  static double[] minimum(double[][] gram, double[] right) {
    return new NonNegativeLeastSquares(gram, right).minimum();
  }

  private double[] minimum() {
    double tolerance =
        TOLERANCE_RATIO * Arrays.stream(right).map(Math::abs).max().orElse(0);
    int entering = steepest(tolerance);
    for (int rounds = 0; entering >= 0; rounds++) {
      if (rounds > MOST_ROUNDS_EACH * x.length) {
        throw new IllegalStateException(
            "no minimum after " + rounds + " rounds over " + x.length + " variables");
      }
      free[entering] = true;
      moveToMinimumOfFree();
      entering = steepest(tolerance);
    }
    return x;
  }

  /** The bound variable that the sum falls fastest with; -1 if it falls with none. */
  private int steepest(double tolerance) {
    int best = -1;
    double steepest = tolerance;
    for (int j = 0; j < x.length; j++) {
      double slope = right[j] - product(gram[j]);
      if (!free[j] && slope > steepest) {
        best = j;
        steepest = slope;
      }
    }
    return best;
  }

  private double product(double[] row) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += row[j] * x[j];
    }
    return sum;
  }

  /** Goes towards the minimum of the free variables; those that meet zero first are bound. */
  private void moveToMinimumOfFree() {
    double[] target = minimumOfFree();
    while (leavesTheBounds(target)) {
      double step = 1;
      for (int j = 0; j < x.length; j++) {
        if (free[j] && target[j] <= 0) {
          step = Math.min(step, x[j] / (x[j] - target[j]));
        }
      }
      for (int j = 0; j < x.length; j++) {
        if (free[j]) {
          boolean meetsZero = target[j] <= 0 && x[j] <= step * (x[j] - target[j]);
          x[j] = meetsZero ? 0 : x[j] + step * (target[j] - x[j]);
          free[j] = !meetsZero;
        }
      }
      target = minimumOfFree();
    }
    System.arraycopy(target, 0, x, 0, x.length);
  }

  private boolean leavesTheBounds(double[] target) {
    for (int j = 0; j < x.length; j++) {
      if (free[j] && target[j] <= 0) {
        return true;
      }
    }
    return false;
  }

  private double[] minimumOfFree() {
    int[] indices = indices(free);
    double[] target = new double[x.length];
    if (indices.length == 0) {
      return target;
    }
    double[] some = new double[indices.length];
    for (int i = 0; i < indices.length; i++) {
      some[i] = right[indices[i]];
    }
    double[] solved =
        new CholeskyDecomposition(new Array2DRowRealMatrix(part(gram, indices), false))
            .getSolver()
            .solve(new ArrayRealVector(some, false))
            .toArray();
    for (int i = 0; i < indices.length; i++) {
      target[indices[i]] = solved[i];
    }
    return target;
  }

  /** Where {@code chosen} is true. */
  static int[] indices(boolean[] chosen) {
    int[] indices = new int[chosen.length];
    int count = 0;
    for (int j = 0; j < chosen.length; j++) {
      if (chosen[j]) {
        indices[count++] = j;
      }
    }
    return Arrays.copyOf(indices, count);
  }

  /** The rows and columns of a matrix with these numbers. */
  static double[][] part(double[][] matrix, int[] indices) {
    double[][] part = new double[indices.length][indices.length];
    for (int i = 0; i < indices.length; i++) {
      for (int j = 0; j < indices.length; j++) {
        part[i][j] = matrix[indices[i]][indices[j]];
      }
    }
    return part;
  }
}
