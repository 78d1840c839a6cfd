package org.podpath.experiments.run;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;

/**
 * Reads the CSV file that a scenario names under {@code measured}: a column for each axis that
 * tells rows apart, then {@code metric,unit,value,low,high,source,fitted}.
 */
public final class Measurements {
  private static final List<String> COLUMNS =
      List.of("metric", "unit", "value", "low", "high", "source", "fitted");

  private final Path file;
  private final Experiment experiment;
  private final List<String> faults = new ArrayList<>();

  private Measurements(Path file, Experiment experiment) {
    this.file = file;
    this.experiment = experiment;
  }

  /**
   * What {@code experiment} is compared with; nothing if it names no file.
   *
   * @throws WrongInput with every fault of the file
   */
  public static List<Measurement> of(Experiment experiment) {
    Optional<String> name = experiment.points().getFirst().scenario().measured();
    return name.isEmpty()
        ? List.of()
        : new Measurements(experiment.file().resolveSibling(name.get()), experiment).read();
  }

  private List<Measurement> read() {
    List<Measurement> measurements = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : reader) {
        if (checkColumns(row)) {
          measurement(row).ifPresent(measurements::add);
        }
      }
    } catch (IOException | CsvParseException unreadable) {
      faults.add(file + ": " + unreadable.getMessage() + "; write a CSV file");
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
    return measurements;
  }

  private boolean checkColumns(NamedCsvRecord row) {
    for (String column : COLUMNS) {
      if (!row.getHeader().contains(column)) {
        String fault = file + ":1: no column '" + column + "'; write the columns " + COLUMNS;
        if (!faults.contains(fault)) {
          faults.add(fault);
        }
        return false;
      }
    }
    return true;
  }

  private Optional<Measurement> measurement(NamedCsvRecord row) {
    int before = faults.size();
    Map<String, String> where = new LinkedHashMap<>();
    for (String column : row.getHeader()) {
      if (!COLUMNS.contains(column) && !row.getField(column).isEmpty()) {
        where.put(column, row.getField(column));
      }
    }
    checkWhere(row, where);
    Optional<Metric> metric = Metric.of(row.getField("metric"));
    if (metric.isEmpty()) {
      fault(row, "unknown metric '" + row.getField("metric") + "'; write one of " + Metric.ids());
    } else if (!metric.get().unit().equals(row.getField("unit"))) {
      fault(row, "unit '" + row.getField("unit") + "'; write " + metric.get().unit());
    }
    OptionalDouble value = number(row, "value");
    OptionalDouble low = number(row, "low");
    OptionalDouble high = number(row, "high");
    if (value.isEmpty() && low.isEmpty() && high.isEmpty()) {
      fault(row, "neither value nor range; write a value, or low and high");
    }
    return faults.size() > before
        ? Optional.empty()
        : Optional.of(
            new Measurement(
                where,
                metric.orElseThrow(),
                value,
                low,
                high,
                row.getField("source"),
                row.getField("fitted")));
  }

  /** A narrowed sweep may leave rows without a point, so only the axes' names are checked. */
  private void checkWhere(NamedCsvRecord row, Map<String, String> where) {
    for (String axis : where.keySet()) {
      if (!experiment.points().getFirst().params().containsKey(axis)) {
        fault(
            row,
            "no axis '" + axis + "' in the sweep; write one of "
                + experiment.points().getFirst().params().keySet());
      }
    }
  }

  private OptionalDouble number(NamedCsvRecord row, String column) {
    String text = row.getField(column);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return OptionalDouble.of(number);
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    fault(row, column + ": '" + text + "' is not a number; write one such as 9.84");
    return OptionalDouble.empty();
  }

  private void fault(NamedCsvRecord row, String what) {
    faults.add(file + ":" + row.getStartingLineNumber() + ": " + what);
  }
}
