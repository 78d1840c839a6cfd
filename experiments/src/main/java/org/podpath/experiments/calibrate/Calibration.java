package org.podpath.experiments.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.podpath.cni.OperationCost;

/**
 * Costs by least squares, in turn with what multiplies them: the train ratio of streams without
 * offload, and how fast the machine was in each block of measurements.
 */
final class Calibration {
  /** assumption: the machine is as fast in one block as in another, to 1 %. */
  private static final double BLOCK_ERROR_RATIO = 0.01;

  private static final int TURNS = 4;
  private static final double LEAST_TRAIN = 0.2;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int SECTIONS = 24;

  private final List<Measured> rows;
  private final Design design;
  private final TreeMap<String, Double> blocks = new TreeMap<>();
  private double trainRatio = 1;
  private Regression fit;

  private Calibration(List<Measured> rows, Design design) {
    this.rows = rows;
    this.design = design;
    rows.forEach(row -> blocks.put(row.block(), 1.0));
    fit = at(trainRatio);
  }

  /** The best costs for {@code rows}. */
  static Calibration of(List<Measured> rows, Design design) {
    Calibration calibration = new Calibration(rows, design);
    for (int turn = 0; turn < TURNS; turn++) {
      calibration.searchTrainRatio();
      calibration.weighBlocks();
    }
    calibration.fit = calibration.at(calibration.trainRatio);
    return calibration;
  }

  /** The fit of the costs. */
  Regression fit() {
    return fit;
  }

  List<Measured> rows() {
    return rows;
  }

  /** What was fitted, in the order of {@link #fit()}. */
  List<OperationCost> costs() {
    return design.costs();
  }

  /** Time of a host's stage for a frame in a train over that for one on its own. */
  double trainRatio() {
    return trainRatio;
  }

  /** How much slower the machine was in each block than in all, by name. */
  TreeMap<String, Double> blocks() {
    return blocks;
  }

  /** Errors of all rows as measured, whatever their block. */
  double[] errorRatios() {
    return asMeasured(fit.errorRatios());
  }

  /** The same where each row is predicted by all others. */
  double[] leaveOneOutErrorRatios() {
    return asMeasured(fit.leaveOneOutErrorRatios());
  }

  /** Error of a row that was not fitted: row {@code i} of {@code others}. */
  double errorRatio(Measured row, Design others, int i) {
    double[] coefficients = others.coefficients(i, trainRatio);
    double ns = 0;
    for (int j = 0; j < coefficients.length; j++) {
      ns += coefficients[j] * valueOf(others.costs().get(j));
    }
    return ns / row.ns() - 1;
  }

  /** The fitted value of a cost, or its prior if no row has it. */
  private double valueOf(OperationCost cost) {
    int j = costs().indexOf(cost);
    return j < 0 ? cost.value() : fit.values()[j];
  }

  private double[] asMeasured(double[] errors) {
    return IntStream.range(0, errors.length)
        .mapToDouble(i -> (1 + errors[i]) / blockOf(rows.get(i)) - 1)
        .toArray();
  }

  private double blockOf(Measured row) {
    return blocks.getOrDefault(row.block(), 1.0);
  }

  private Regression at(double train) {
    List<Unknown> unknowns =
        costs().stream()
            .map(c -> new Unknown(c.operation(), c.value(), c.low(), c.high()))
            .toList();
    List<Equation> equations = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Measured row = rows.get(i);
      double ns = row.ns() / blockOf(row);
      double weight = Regression.ERROR_RATIO / row.observable().errorRatio() / ns;
      equations.add(new Equation(design.coefficients(i, train), 0, ns, weight));
    }
    return new Regression(unknowns, equations);
  }

  /** Golden section (J. Kiefer, "Sequential minimax search for a maximum", Proc. AMS 4, 1953). */
  private void searchTrainRatio() {
    if (rows.stream().allMatch(Measured::offload)) {
      return;
    }
    double low = LEAST_TRAIN;
    double high = 1;
    for (int section = 0; section < SECTIONS; section++) {
      double width = GOLDEN * (high - low);
      if (at(high - width).objective() < at(low + width).objective()) {
        high = low + width;
      } else {
        low = high - width;
      }
    }
    trainRatio = (low + high) / 2;
  }

  /** The factor of each block that makes its errors smallest, held to 1 like a prior. */
  private void weighBlocks() {
    fit = at(trainRatio);
    double[] errors = fit.errorRatios();
    TreeMap<String, Double> before = new TreeMap<>(blocks);
    for (String block : blocks.keySet()) {
      double held = Math.pow(Regression.ERROR_RATIO / BLOCK_ERROR_RATIO, 2);
      double product = held;
      double square = held;
      for (int i = 0; i < rows.size(); i++) {
        Measured row = rows.get(i);
        if (row.block().equals(block)) {
          double weight = Regression.ERROR_RATIO / row.observable().errorRatio();
          double ratio = (1 + errors[i]) / before.getOrDefault(block, 1.0);
          product += weight * weight * ratio;
          square += weight * weight * ratio * ratio;
        }
      }
      blocks.put(block, product / square);
    }
  }

  /** Median of the sizes of errors. */
  static double median(double... errors) {
    double[] sizes = Arrays.stream(errors).map(Math::abs).sorted().toArray();
    int middle = sizes.length / 2;
    return sizes.length % 2 == 1 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2;
  }
}
