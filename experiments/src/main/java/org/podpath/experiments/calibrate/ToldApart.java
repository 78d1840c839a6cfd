package org.podpath.experiments.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Which unknowns the equations cannot tell apart: only sums of those of a group are known from
 * them, how the sum divides comes from the priors.
 *
 * <p>Directions of the normal equations in which the data say less than the priors span a space; two
 * unknowns belong together if the projection onto it mixes them (D. Belsley, E. Kuh, R. Welsch,
 * "Regression Diagnostics", 1980, chapter 3).
 */
final class ToldApart {
  /** assumption: a share of the projection below this is not worth a name. */
  private static final double LEAST_SHARE = 0.1;

  private ToldApart() {}

  /**
   * Groups of unknowns, each by name and in order; a group of one is an unknown of which the
   * equations say less than its prior.
   */
  static List<List<String>> groups(Regression fit) {
    double[][] projection = projection(fit.information());
    int n = projection.length;
    boolean[] seen = new boolean[n];
    List<List<String>> groups = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      if (!seen[j] && projection[j][j] > LEAST_SHARE) {
        List<String> group = new ArrayList<>();
        gather(j, projection, seen, fit.unknowns(), group);
        groups.add(List.copyOf(group));
      }
    }
    return List.copyOf(groups);
  }

  private static void gather(
      int j, double[][] projection, boolean[] seen, List<Unknown> unknowns, List<String> group) {
    seen[j] = true;
    group.add(unknowns.get(j).name());
    for (int k = 0; k < projection.length; k++) {
      if (!seen[k] && Math.abs(projection[j][k]) > LEAST_SHARE) {
        gather(k, projection, seen, unknowns, group);
      }
    }
  }

  /** Onto the directions of which the data say less than the priors. */
  private static double[][] projection(double[][] information) {
    int n = information.length;
    double[][] projection = new double[n][n];
    if (n == 0) {
      return projection;
    }
    EigenDecomposition parts =
        new EigenDecomposition(new Array2DRowRealMatrix(information, false));
    for (int i = 0; i < n; i++) {
      if (parts.getRealEigenvalue(i) < Regression.priorInformation()) {
        double[] direction = parts.getEigenvector(i).toArray();
        for (int j = 0; j < n; j++) {
          for (int k = 0; k < n; k++) {
            projection[j][k] += direction[j] * direction[k];
          }
        }
      }
    }
    return projection;
  }
}
