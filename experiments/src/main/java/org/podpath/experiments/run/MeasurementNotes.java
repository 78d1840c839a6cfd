package org.podpath.experiments.run;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What stands below a table of predictions: mean absolute errors, who measured, and what was fitted. */
final class MeasurementNotes {
  private MeasurementNotes() {}

  static void print(List<Measurement> measurements, List<Outcome> outcomes, Appendable out)
      throws IOException {
    Map<String, List<Double>> errors = new LinkedHashMap<>();
    Map<String, LinkedHashSet<String>> fitted = new LinkedHashMap<>();
    LinkedHashSet<String> sources = new LinkedHashSet<>();
    for (Measurement measurement : measurements) {
      for (Outcome outcome : outcomes) {
        if (measurement.isOf(outcome)) {
          String metric = measurement.metric().id();
          sources.add(measurement.source());
          fitted.computeIfAbsent(measurement.fitted(), key -> new LinkedHashSet<>()).add(metric);
          OptionalDouble error = measurement.errorPercent(outcome.median());
          if (error.isPresent()) {
            errors
                .computeIfAbsent(metric, key -> new ArrayList<>())
                .add(Math.abs(error.getAsDouble()));
          }
        }
      }
    }
    for (Map.Entry<String, List<Double>> entry : errors.entrySet()) {
      double mean = entry.getValue().stream().mapToDouble(Double::doubleValue).average().orElse(0);
      BigDecimal rounded = BigDecimal.valueOf(mean).setScale(1, RoundingMode.HALF_UP);
      out.append("mean absolute error of " + entry.getKey() + ": " + rounded + " % over "
          + entry.getValue().size() + " rows\n");
    }
    for (String source : sources) {
      out.append("measured by " + source + "\n");
    }
    for (Map.Entry<String, LinkedHashSet<String>> entry : fitted.entrySet()) {
      out.append(
          "fitted on these rows of " + String.join(", ", entry.getValue()) + ": " + entry.getKey()
              + "\n");
    }
  }
}
