package org.podpath.experiments.calibrate;

import java.util.Locale;

/** Every row of a fit with its errors, as CSV. */
final class Residuals {
  private static final String HEADER =
      "line,block,scenario,dataplane,rules_or_entries,mtu,offload,size,metric,measured_ns,fitted_ns,"
          + "error_ratio,left_out_error_ratio\n";

  private Residuals() {}

  /** The rows of {@code calibration}, in order. */
  static String text(Calibration calibration) {
    StringBuilder text = new StringBuilder(HEADER);
    double[] errors = calibration.errorRatios();
    double[] left = calibration.leaveOneOutErrorRatios();
    for (int i = 0; i < errors.length; i++) {
      Measured row = calibration.rows().get(i);
      text.append(
          String.format(
              Locale.ROOT, "%d,%s,%s,%s,%d,%d,%s,%d,%s,%.6g,%.6g,%.5f,%.5f%n", row.line(),
              quoted(row.block()), quoted(row.scenario()), quoted(row.dataplane()),
              row.entries(), row.mtuBytes(), row.offload() ? "on" : "off", row.bytes(),
              row.observable().metric(), row.ns(), row.ns() * (1 + errors[i]), errors[i],
              left[i]));
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return text.matches("[^,\"\\s]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
