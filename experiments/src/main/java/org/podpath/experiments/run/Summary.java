package org.podpath.experiments.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.experiments.tables.TextTable;

/** The short table that a run prints: every metric of every job, alone and together, beside what was measured. */
public final class Summary {
  private final List<Outcome> outcomes;
  private final List<Outcome> alone;
  private final List<Measurement> measurements;
  private final boolean repeated;
  private final boolean manyJobs;
  private final boolean anyValue;
  private final boolean anyRange;
  private final boolean anyFlaw;

  private Summary(List<Outcome> all, List<Measurement> measurements) {
    this.measurements = measurements;
    List<Outcome> wanted = measurements.isEmpty() ? all : compared(all, measurements);
    outcomes = wanted.stream().filter(outcome -> !outcome.alone()).toList();
    alone = wanted.stream().filter(Outcome::alone).toList();
    repeated = outcomes.stream().anyMatch(outcome -> outcome.halfWidth() > 0);
    manyJobs = outcomes.stream().map(Outcome::job).distinct().count() > 1;
    anyValue = measurements.stream().anyMatch(m -> m.value().isPresent());
    anyRange = measurements.stream().anyMatch(m -> m.value().isEmpty());
    anyFlaw = wanted.stream().anyMatch(outcome -> outcome.flaw().isPresent());
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
      boolean wellEnded = results.stream().allMatch(RunResult::ok);
      new Summary(Outcome.of(results), measurements).print(wellEnded, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(boolean wellEnded, Appendable out) throws IOException {
    if (outcomes.isEmpty()) {
      String hint = wellEnded ? "; give the runs more time" : "";
      out.append("no job got far enough to be measured" + hint + "\n");
      return;
    }
    List<String> axes = List.copyOf(outcomes.getFirst().params().keySet());
    TextTable table = new TextTable(out, names(axes));
    for (Outcome outcome : outcomes) {
      table.add(row(axes, outcome));
    }
    table.end();
    if (anyFlaw) {
      out.append(
          "status: how runs ended that did not end as they should; their numbers are of what there was\n");
    }
    if (repeated) {
      out.append("± is half of the 95 % interval of the mean over the repetitions\n");
    }
    if (!alone.isEmpty()) {
      out.append("alone: the job by itself, in the same places with the same random numbers\n");
    }
    MeasurementNotes.print(measurements, outcomes, out);
  }

  private List<String> names(List<String> axes) {
    List<String> names = new ArrayList<>(axes);
    if (manyJobs) {
      names.add("job");
    }
    names.add("metric");
    if (!alone.isEmpty()) {
      names.add("alone");
    }
    names.add(alone.isEmpty() ? "predicted" : "together");
    if (repeated) {
      names.add("±");
    }
    names.add("unit");
    if (!alone.isEmpty()) {
      names.add("× alone");
    }
    if (anyFlaw) {
      names.add("status");
    }
    if (anyRange) {
      names.addAll(List.of("published", "in range"));
    }
    if (anyValue) {
      names.addAll(List.of("measured", "error %"));
    }
    return names;
  }

  private Object[] row(List<String> axes, Outcome outcome) {
    int decimals = outcome.metric().decimals();
    List<Object> cells = new ArrayList<>();
    axes.forEach(axis -> cells.add(outcome.params().get(axis)));
    if (manyJobs) {
      cells.add(outcome.job());
    }
    cells.add(outcome.metric().id());
    Optional<Double> byItself = byItself(outcome).map(Outcome::median);
    if (!alone.isEmpty()) {
      cells.add(byItself.map(value -> rounded(value, decimals)).orElse(null));
    }
    cells.add(rounded(outcome.median(), decimals));
    if (repeated) {
      cells.add(rounded(outcome.halfWidth(), decimals));
    }
    cells.add(outcome.metric().unit());
    if (!alone.isEmpty()) {
      cells.add(byItself.filter(value -> value != 0)
          .map(value -> rounded(outcome.median() / value, 2))
          .orElse(null));
    }
    if (anyFlaw) {
      cells.add(status(outcome));
    }
    Optional<Measurement> measured =
        measurements.stream().filter(m -> m.isOf(outcome)).findFirst();
    if (anyRange) {
      Optional<Measurement> range = measured.filter(m -> m.value().isEmpty());
      cells.add(range.map(m -> m.low().orElseThrow() + "–" + m.high().orElseThrow()).orElse(null));
      cells.add(range.map(m -> m.contains(outcome.median()) ? "yes" : "NO").orElse(null));
    }
    if (anyValue) {
      Optional<Measurement> value = measured.filter(m -> m.value().isPresent());
      cells.add(value.map(m -> rounded(m.value().getAsDouble(), decimals)).orElse(null));
      cells
          .add(value.map(m -> signed(m.errorPercent(outcome.median()).getAsDouble())).orElse(null));
    }
    return cells.toArray();
  }

  /** How the runs of a row ended, where not as they should; empty where they did. */
  private String status(Outcome outcome) {
    String together = outcome.flaw().orElse("");
    String byItself = byItself(outcome).flatMap(Outcome::flaw).map(of -> "alone: " + of).orElse("");
    String both = together.isEmpty() || byItself.isEmpty() ? "" : "; ";
    return together + both + byItself;
  }

  private Optional<Outcome> byItself(Outcome outcome) {
    return alone.stream()
        .filter(other -> other.point().index() == outcome.point().index())
        .filter(other -> other.job().equals(outcome.job()) && other.metric() == outcome.metric())
        .findFirst();
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
  }

  private static String signed(double percent) {
    BigDecimal rounded = rounded(percent, 1);
    return (rounded.signum() < 0 ? "" : "+") + rounded.toPlainString();
  }
}
