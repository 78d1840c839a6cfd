package org.podpath.experiments.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonNegativeLeastSquaresTheoryTest {
  /** ½(2x² + 2y²) − 4x + 2y falls to x = 2 and would fall to y = −1. */
  @Test
  void aVariableThatWouldBeNegativeIsZero() {
    double[] x =
        NonNegativeLeastSquares.minimum(new double[][] {{2, 0}, {0, 2}}, new double[] {4, -2});

    assertThat(x).containsExactly(new double[] {2, 0}, within(1e-12));
  }

  /**
   * Karush, Kuhn and Tucker: at the minimum no slope Gx − c is negative, and it is zero where x is
   * not. They are sufficient, because the function is convex.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 12, 40})
  void theMinimumMeetsTheConditionsOfKarushKuhnAndTucker(int size) {
    SplittableRandom random = new SplittableRandom(size);
    int bound = 0;
    int free = 0;
    for (int instance = 0; instance < 50; instance++) {
      double[][] gram = gram(size, random);
      double[] right = random.doubles(size, -1, 1).toArray();

      double[] x = NonNegativeLeastSquares.minimum(gram, right);

      for (int j = 0; j < size; j++) {
        double slope = -right[j];
        for (int k = 0; k < size; k++) {
          slope += gram[j][k] * x[k];
        }
        assertThat(x[j]).isGreaterThanOrEqualTo(0);
        assertThat(slope).isGreaterThan(-1e-9);
        assertThat(slope * x[j]).isCloseTo(0, within(1e-8));
        bound += x[j] == 0 ? 1 : 0;
        free += x[j] > 0 ? 1 : 0;
      }
    }
    assertThat(bound).as("the instances have both kinds").isPositive();
    assertThat(free).isPositive();
  }

  @Test
  void whatHasNoSingleMinimumIsRefused() {
    double[][] saddle = {{1, -2}, {-2, 1}};

    assertThatThrownBy(() -> NonNegativeLeastSquares.minimum(saddle, new double[] {1, 1}))
        .isInstanceOf(NonPositiveDefiniteMatrixException.class);
  }

  /** BᵀB of a random B, and a little on the diagonal. */
  private static double[][] gram(int size, SplittableRandom random) {
    double[][] b = new double[size][];
    for (int i = 0; i < size; i++) {
      b[i] = random.doubles(size, -1, 1).toArray();
    }
    double[][] gram = new double[size][size];
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        for (int i = 0; i < size; i++) {
          gram[j][k] += b[i][j] * b[i][k];
        }
      }
      gram[j][j] += 0.01;
    }
    return gram;
  }
}
