package org.podpath.experiments.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.podpath.cni.CostTable;
import org.podpath.cni.OperationCost;
import org.podpath.engine.cluster.HostProfile;

/**
 * How often each cost is in each measurement. The closed forms are linear in the costs, so this is read
 * off them: one cost is put to a unit, all others to nothing. In trains the part of the host's stages
 * depends on the train ratio, linearly too: it is read off at two.
 */
final class Design {
  private static final double HALF = 0.5;
  /** In ns or ps a byte: large, so that whole picoseconds do not matter. */
  private static final double UNIT = 1e6;

  private final List<OperationCost> costs;
  private final List<double[]> whole;
  private final List<double[]> half;

  private Design(List<OperationCost> costs, List<double[]> whole, List<double[]> half) {
    this.costs = costs;
    this.whole = whole;
    this.half = half;
  }

  /**
   * The design of {@code rows} on hosts of {@code profile}.
   *
   * @param paths of the rows, in the same order
   * @param priors every cost that there is
   */
  static Design of(
      List<Measured> rows, List<MeasuredPaths.Taken> paths, CostTable priors,
      HostProfile profile) {
    List<OperationCost> all = priors.all();
    List<CostTable> units = units(all);
    Map<List<Object>, double[]> known = new LinkedHashMap<>();
    List<double[]> whole = new ArrayList<>();
    List<double[]> half = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Measured row = rows.get(i);
      PathTimes times = new PathTimes(row, paths.get(i));
      List<Object> same =
          List.of(
              paths.get(i).path(), row.mtuBytes(), row.offload(), row.bytes(), row.observable());
      double[] atOne =
          known.computeIfAbsent(same, k -> coefficients(times, units, train(profile, 1)));
      whole.add(atOne);
      half.add(
          row.offload()
              ? atOne
              : known.computeIfAbsent(
                  List.of(same, HALF), k -> coefficients(times, units, train(profile, HALF))));
    }
    int[] used = used(whole, all.size());
    return new Design(
        Arrays.stream(used).mapToObj(all::get).toList(), only(whole, used), only(half, used));
  }

  /** The costs that are in some row. */
  List<OperationCost> costs() {
    return costs;
  }

  /** How often each of {@link #costs()} is in row {@code i} with so much of a path in a train. */
  double[] coefficients(int i, double trainRatio) {
    double[] coefficients = new double[costs.size()];
    for (int j = 0; j < coefficients.length; j++) {
      double slope = (whole.get(i)[j] - half.get(i)[j]) / (1 - HALF);
      coefficients[j] = whole.get(i)[j] - (1 - trainRatio) * slope;
    }
    return coefficients;
  }

  /** Hosts whose only difference to {@code profile} is the ratio. */
  static HostProfile train(HostProfile profile, double trainRatio) {
    return new HostProfile(
        profile.name(), 1, 1, profile.coldIdlePs(), profile.moderationPs(),
        profile.nicLatencyPs(), profile.nicBitsPerSecond(), profile.mtuBytes(), 1,
        profile.hairpinBitsPerSecond(), profile.hairpinLatencyPs(), trainRatio);
  }

  private static List<CostTable> units(List<OperationCost> all) {
    List<OperationCost> nothing = all.stream().map(cost -> cost.at(0)).toList();
    CostTable none = CostTable.of("").with(nothing);
    return all.stream().map(cost -> none.with(List.of(cost.at(UNIT)))).toList();
  }

  private static double[] coefficients(
      PathTimes times, List<CostTable> units, HostProfile profile) {
    return units.stream().mapToDouble(table -> times.ns(table, profile) / UNIT).toArray();
  }

  private static int[] used(List<double[]> rows, int costs) {
    boolean[] used = new boolean[costs];
    for (double[] row : rows) {
      for (int j = 0; j < costs; j++) {
        used[j] |= row[j] != 0;
      }
    }
    return NonNegativeLeastSquares.indices(used);
  }

  private static List<double[]> only(List<double[]> rows, int[] used) {
    return rows.stream()
        .map(row -> Arrays.stream(used).mapToDouble(j -> row[j]).toArray())
        .toList();
  }
}
