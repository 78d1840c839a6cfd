package org.podpath.experiments.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.yaml.CsvFile;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.Place;

/**
 * Reads measurements of a machine from a CSV file with at least the columns {@code scenario, dataplane,
 * rules_or_entries, mtu, offload, size, metric, unit, median}. Rows of metrics that are no {@link
 * Observable} are skipped. A column {@code note} may say {@code block=…}: what was measured in one
 * sitting.
 */
final class MeasurementFile {
  static final List<String> COLUMNS =
      List.of(
          "scenario", "dataplane", "rules_or_entries", "mtu", "offload", "size", "metric", "unit",
          "median");

  private final Path file;
  private final Faults faults = new Faults();
  private final List<Measured> rows = new ArrayList<>();
  private int skipped;

  private MeasurementFile(Path file) {
    this.file = file;
  }

  /**
   * What a file holds.
   *
   * @param rows about something that is fitted, in the order of the file
   * @param skipped rows about something else
   */
  record Measurements(List<Measured> rows, int skipped) {
    Measurements {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The measurements in {@code file}.
   *
   * @throws WrongInput with every fault of the file
   */
  static Measurements read(Path file) {
    return new MeasurementFile(file).read();
  }

  private Measurements read() {
    new CsvFile(file, "CSV file of measurements", faults)
        .rows(COLUMNS, COLUMNS)
        .forEach(this::read);
    faults.stopIfAny();
    if (rows.isEmpty()) {
      throw new WrongInput(file + ":1: no row can be fitted; write rows with one of the metrics "
          + Observable.metrics());
    }
    return new Measurements(rows, skipped);
  }

  private void read(CsvFile.Row row) {
    int line = row.line();
    Optional<Observable> observable = Observable.of(row.field("metric"));
    if (observable.isEmpty()) {
      skipped++;
      return;
    }
    OptionalInt entries = whole(row, line, "rules_or_entries", 0);
    OptionalInt mtuBytes = whole(row, line, "mtu", 576);
    OptionalInt bytes = whole(row, line, "size", 0);
    Optional<Boolean> offload = offload(row, line);
    OptionalDouble ns = ns(row, line, observable.get());
    if (entries.isPresent() && mtuBytes.isPresent() && bytes.isPresent() && offload.isPresent()
        && ns.isPresent()) {
      rows.add(
          new Measured(
              line, block(row), row.field("scenario"), row.field("dataplane"),
              entries.getAsInt(), mtuBytes.getAsInt(), offload.get(), bytes.getAsInt(),
              observable.get(), ns.getAsDouble()));
    }
  }

  private String block(CsvFile.Row row) {
    for (String part : row.field("note").split(";", -1)) {
      if (part.strip().startsWith("block=")) {
        return part.strip().substring("block=".length());
      }
    }
    return "";
  }

  private Optional<Boolean> offload(CsvFile.Row row, int line) {
    String text = row.field("offload");
    if (!text.equals("on") && !text.equals("off")) {
      fault(line, "offload: '" + text + "' is neither; write on or off");
      return Optional.empty();
    }
    return Optional.of(text.equals("on"));
  }

  private OptionalInt whole(CsvFile.Row row, int line, String column, int least) {
    String text = row.field(column);
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least) {
      return OptionalInt.of(Integer.parseInt(text));
    }
    fault(line, column + ": '" + text + "' is no whole number from " + least + "; write one");
    return OptionalInt.empty();
  }

  private OptionalDouble ns(CsvFile.Row row, int line, Observable observable) {
    String unit = row.field("unit");
    String text = row.field("median");
    if (!observable.units().contains(unit)) {
      fault(line, "unit '" + unit + "' of " + observable.metric() + " is not known; write one of "
          + observable.units());
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text);
      if (value > 0 && Double.isFinite(value)) {
        return OptionalDouble.of(observable.ns(value, unit));
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    fault(line, "median: '" + text + "' is no number above 0; write one such as 13.16");
    return OptionalDouble.empty();
  }

  private void fault(int line, String what) {
    faults.add(new Place(file.toString(), line), what);
  }
}
