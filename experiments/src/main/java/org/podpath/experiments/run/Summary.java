package org.podpath.experiments.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.podpath.experiments.tables.TextTable;

/** The short table that a run prints: every predicted metric, beside what was measured. */
public final class Summary {
  private final List<Outcome> outcomes;
  private final List<Measurement> measurements;
  private final boolean repeated;
  private final boolean manyJobs;
  private final boolean anyValue;
  private final boolean anyRange;

  private Summary(List<Outcome> outcomes, List<Measurement> measurements) {
    this.measurements = measurements;
    this.outcomes = measurements.isEmpty() ? outcomes : compared(outcomes, measurements);
    repeated = this.outcomes.stream().anyMatch(outcome -> outcome.halfWidth() > 0);
    manyJobs = this.outcomes.stream().map(Outcome::job).distinct().count() > 1;
    anyValue = measurements.stream().anyMatch(m -> m.value().isPresent());
    anyRange = measurements.stream().anyMatch(m -> m.value().isEmpty());
  }

  /** Where something was measured, only the metrics that were, at every point. */
  private static List<Outcome> compared(List<Outcome> outcomes, List<Measurement> measurements) {
    List<Metric> metrics = measurements.stream().map(Measurement::metric).distinct().toList();
    return outcomes.stream().filter(outcome -> metrics.contains(outcome.metric())).toList();
  }

  /** Prints {@code results}, beside {@code measurements} if there are any, to {@code out}. */
  public static void print(
      List<RunResult> results, List<Measurement> measurements, Appendable out) {
    try {
      new Summary(Outcome.of(results), measurements).print(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(Appendable out) throws IOException {
    if (outcomes.isEmpty()) {
      return;
    }
    List<String> axes = List.copyOf(outcomes.getFirst().params().keySet());
    TextTable table = new TextTable(out, names(axes));
    for (Outcome outcome : outcomes) {
      table.add(row(axes, outcome));
    }
    table.end();
    printErrors(out);
  }

  private List<String> names(List<String> axes) {
    List<String> names = new ArrayList<>(axes);
    if (manyJobs) {
      names.add("job");
    }
    names.add("metric");
    names.add("predicted");
    if (repeated) {
      names.add("±");
    }
    names.add("unit");
    if (anyRange) {
      names.addAll(List.of("published", "in range"));
    }
    if (anyValue) {
      names.addAll(List.of("measured", "error %"));
    }
    return names;
  }

  private Object[] row(List<String> axes, Outcome outcome) {
    List<Object> cells = new ArrayList<>();
    axes.forEach(axis -> cells.add(outcome.params().get(axis)));
    if (manyJobs) {
      cells.add(outcome.job());
    }
    cells.add(outcome.metric().id());
    cells.add(rounded(outcome.median(), outcome.metric().decimals()));
    if (repeated) {
      cells.add(rounded(outcome.halfWidth(), outcome.metric().decimals()));
    }
    cells.add(outcome.metric().unit());
    Optional<Measurement> measured =
        measurements.stream().filter(m -> m.isOf(outcome)).findFirst();
    if (anyRange) {
      Optional<Measurement> range = measured.filter(m -> m.value().isEmpty());
      cells.add(range.map(m -> m.low().orElseThrow() + "–" + m.high().orElseThrow()).orElse(null));
      cells.add(range.map(m -> m.contains(outcome.median()) ? "yes" : "NO").orElse(null));
    }
    if (anyValue) {
      Optional<Measurement> value = measured.filter(m -> m.value().isPresent());
      cells.add(
          value
              .map(m -> rounded(m.value().getAsDouble(), outcome.metric().decimals()))
              .orElse(null));
      cells
          .add(value.map(m -> signed(m.errorPercent(outcome.median()).getAsDouble())).orElse(null));
    }
    return cells.toArray();
  }

  /** Mean absolute error for each source and metric, and what was fitted to it. */
  private void printErrors(Appendable out) throws IOException {
    Map<String, List<Double>> errors = new LinkedHashMap<>();
    LinkedHashSet<String> fitted = new LinkedHashSet<>();
    LinkedHashSet<String> sources = new LinkedHashSet<>();
    for (Measurement measurement : measurements) {
      for (Outcome outcome : outcomes) {
        if (measurement.isOf(outcome)) {
          sources.add(measurement.source());
          fitted.add(measurement.metric().id() + ": " + measurement.fitted());
          OptionalDouble error = measurement.errorPercent(outcome.median());
          if (error.isPresent()) {
            errors
                .computeIfAbsent(measurement.metric().id(), key -> new ArrayList<>())
                .add(Math.abs(error.getAsDouble()));
          }
        }
      }
    }
    for (Map.Entry<String, List<Double>> entry : errors.entrySet()) {
      double mean = entry.getValue().stream().mapToDouble(Double::doubleValue).average().orElse(0);
      out.append("mean absolute error of " + entry.getKey() + ": " + rounded(mean, 1) + " % over "
          + entry.getValue().size() + " rows\n");
    }
    for (String source : sources) {
      out.append("measured by " + source + "\n");
    }
    for (String what : fitted) {
      out.append("fitted on " + what + "\n");
    }
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
  }

  private static String signed(double percent) {
    BigDecimal rounded = rounded(percent, 1);
    return (rounded.signum() < 0 ? "" : "+") + rounded.toPlainString();
  }
}
