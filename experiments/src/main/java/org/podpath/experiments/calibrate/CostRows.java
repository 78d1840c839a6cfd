package org.podpath.experiments.calibrate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.podpath.cni.OperationCost;

/** Fitted costs as rows of a cost file. */
final class CostRows {
  private CostRows() {}

  /**
   * A row for each cost, with the 95 % interval as its limits.
   *
   * @param measurements name of the file that they were fitted to
   */
  static String text(Calibration calibration, String profile, String measurements) {
    StringBuilder rows = new StringBuilder();
    for (int j = 0; j < calibration.costs().size(); j++) {
      OperationCost cost = calibration.costs().get(j);
      Regression.Interval interval = calibration.fit().intervals().get(j);
      String value = number(interval.value(), cost.byByte() ? 0 : digits(interval.value()));
      rows.append(
          String.join(
              ",",
              cost.operation(), profile, cost.unit(), cost.byByte() ? "" : value,
              cost.byByte() ? value : "", number(interval.low(), 1), number(interval.high(), 1),
              "\"calibrated on " + calibration.rows().size() + " rows of " + measurements
                  + " by podpath calibrate; limits are the 95 % interval\"\n"));
    }
    return rows.toString();
  }

  /** Hundredths of a nanosecond for what is walked a thousand times, else tenths. */
  private static int digits(double ns) {
    return ns < 100 ? 2 : 1;
  }

  static String number(double value, int decimals) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
