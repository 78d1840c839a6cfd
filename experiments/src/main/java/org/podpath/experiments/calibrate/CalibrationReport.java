package org.podpath.experiments.calibrate;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.podpath.cni.OperationCost;
import org.podpath.experiments.tables.TextTable;

/** What a calibration came to, for a terminal. */
final class CalibrationReport {
  private static final int WORST = 10;

  private final Appendable out;
  private final Calibration calibration;

  CalibrationReport(Appendable out, Calibration calibration) {
    this.out = out;
    this.calibration = calibration;
  }

  /**
   * Costs with their intervals, errors by metric, the worst rows, the blocks, and what the rows
   * leave open.
   *
   * @param skipped rows about something else
   */
  void print(int skipped) throws IOException {
    List<Measured> rows = calibration.rows();
    out.append(rows.size() + " rows fitted by " + calibration.costs().size()
        + " costs, " + skipped + " rows of other metrics skipped\n\n");
    printCosts();
    out.append("\na host's stage for a frame in a train of a stream without offload takes ")
        .append(CostRows.number(calibration.trainRatio(), 3))
        .append(" of what it takes for a packet on its own\n\n");
    double[] errors = calibration.errorRatios();
    double[] left = calibration.leaveOneOutErrorRatios();
    printErrors(errors, left);
    out.append("\nrows that are farthest off\n");
    printWorst(rows, errors, left);
    out.append("\nblocks: how much slower the machine was than over all\n");
    printBlocks();
    out.append("\ncosts that the rows cannot tell apart; how their sum divides, or a cost alone, is"
        + " the prior's\n");
    for (List<String> group : ToldApart.groups(calibration.fit())) {
      out.append("  " + String.join(" + ", group) + "\n");
    }
  }

  private void printCosts() throws IOException {
    TextTable table =
        new TextTable(out, List.of("cost", "per", "unit", "prior", "fitted", "low", "high"));
    for (int j = 0; j < calibration.costs().size(); j++) {
      OperationCost cost = calibration.costs().get(j);
      Regression.Interval interval = calibration.fit().intervals().get(j);
      table.add(
          cost.operation(), cost.unit(), cost.byByte() ? "ps" : "ns", rounded(cost.value()),
          rounded(interval.value()), rounded(interval.low()), rounded(interval.high()));
    }
    table.end();
  }

  private void printErrors(double[] errors, double[] left) throws IOException {
    TextTable table =
        new TextTable(
            out,
            List.of(
                "metric", "rows", "median_%", "max_%", "left_out_median_%", "left_out_max_%"));
    for (Observable observable : Observable.values()) {
      int[] its = rowsOf(calibration.rows(), observable);
      if (its.length > 0) {
        table.add(
            observable.metric(), its.length, median(errors, its), most(errors, its),
            median(left, its), most(left, its));
      }
    }
    table.end();
  }

  private void printWorst(List<Measured> rows, double[] errors, double[] left) throws IOException {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
    order.sort(Comparator.comparingDouble(i -> -Math.abs(errors[i])));
    TextTable table =
        new TextTable(
            out, List.of("line", "row", "measured_ns", "fitted_ns", "error_%", "left_out_%"));
    for (int i : order.subList(0, Math.min(WORST, order.size()))) {
      Measured row = rows.get(i);
      table.add(
          row.line(), row.inWords(), rounded(row.ns()), rounded(row.ns() * (1 + errors[i])),
          percent(errors[i]), percent(left[i]));
    }
    table.end();
  }

  private void printBlocks() throws IOException {
    TextTable table = new TextTable(out, List.of("block", "slower_%"));
    for (Map.Entry<String, Double> block : calibration.blocks().entrySet()) {
      table.add(block.getKey().isEmpty() ? "(all)" : block.getKey(), percent(block.getValue() - 1));
    }
    table.end();
  }

  /** How far predictions of rows that were not fitted are off. */
  void printHeldOut(String name, List<Measured> held, Design design) throws IOException {
    double[] errors =
        IntStream.range(0, held.size())
            .mapToDouble(i -> calibration.errorRatio(held.get(i), design, i))
            .toArray();
    out.append("without " + name + ": " + calibration.rows().size() + " rows fitted, "
        + held.size() + " predicted\n\n");
    TextTable table = new TextTable(out, List.of("metric", "rows", "median_%", "max_%"));
    for (Observable observable : Observable.values()) {
      int[] its = rowsOf(held, observable);
      if (its.length > 0) {
        table.add(observable.metric(), its.length, median(errors, its), most(errors, its));
      }
    }
    table.end();
    out.append("\nfarthest off\n");
    printWorst(held, errors, errors);
  }

  private static int[] rowsOf(List<Measured> rows, Observable observable) {
    return IntStream.range(0, rows.size())
        .filter(i -> rows.get(i).observable() == observable)
        .toArray();
  }

  private static BigDecimal median(double[] errors, int[] rows) {
    return percent(Calibration.median(Arrays.stream(rows).mapToDouble(i -> errors[i]).toArray()));
  }

  private static BigDecimal most(double[] errors, int[] rows) {
    return percent(Arrays.stream(rows).mapToDouble(i -> Math.abs(errors[i])).max().orElse(0));
  }

  private static BigDecimal percent(double ratio) {
    return new BigDecimal(CostRows.number(100 * ratio, 2));
  }

  private static BigDecimal rounded(double value) {
    return new BigDecimal(CostRows.number(value, value < 10 ? 3 : value < 100 ? 2 : 1));
  }
}
