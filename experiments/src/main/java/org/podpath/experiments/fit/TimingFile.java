package org.podpath.experiments.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.yaml.CsvFile;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.Place;

/**
 * Reads times of collectives from a CSV file with at least the columns {@code platform, system,
 * scenario, metric, unit, value}, where {@code metric} is {@code time} and {@code scenario} such as
 * {@code all_reduce nodes=2 ranks=8 size_bytes=4}. Rows of other metrics or operations are skipped.
 */
final class TimingFile {
  private static final List<String> COLUMNS =
      List.of("platform", "system", "scenario", "metric", "unit", "value");
  private static final Map<String, Double> US_OF_UNIT = usOfUnit();

  private final Path file;
  private final Faults faults = new Faults();
  private final Map<LinkType, List<Timing>> timings = new LinkedHashMap<>();
  private int skippedRows;

  private TimingFile(Path file) {
    this.file = file;
  }

  /**
   * What a file holds.
   *
   * @param byLink timings of each link type, all fit to be fitted, in the order of the file
   * @param skippedRows rows about something else
   */
  record Timings(List<List<Timing>> byLink, int skippedRows) {
    Timings {
      byLink = byLink.stream().map(List::copyOf).toList();
    }
  }

  /**
   * The timings of {@code file}.
   *
   * @throws WrongInput with every fault of the file
   */
  static Timings read(Path file) {
    return new TimingFile(file).read();
  }

  private static Map<String, Double> usOfUnit() {
    Map<String, Double> units = new LinkedHashMap<>();
    units.put("ns", 1e-3);
    units.put("us", 1.0);
    units.put("ms", 1e3);
    units.put("s", 1e6);
    return units;
  }

  private Timings read() {
    new CsvFile(file, "CSV file of times", faults).rows(COLUMNS, COLUMNS).forEach(this::read);
    faults.stopIfAny();
    if (timings.isEmpty()) {
      fault(1, "no row has a time; write rows with the metric 'time' and an operation of "
          + Operation.words());
    }
    for (List<Timing> ofLink : timings.values()) {
      LinkFit.fault(ofLink).ifPresent(what -> fault(ofLink.getFirst().line(), what));
    }
    faults.stopIfAny();
    return new Timings(List.copyOf(timings.values()), skippedRows);
  }

  private void read(CsvFile.Row row) {
    int line = row.line();
    Scenario scenario = new Scenario(line, row.field("scenario"));
    Optional<Operation> operation = scenario.operation();
    if (operation.isEmpty() || !row.field("metric").equals("time")) {
      skippedRows++;
      return;
    }
    int before = faults.count();
    int nodes = (int) scenario.number("nodes", 1, Integer.MAX_VALUE);
    int ranks = (int) scenario.number("ranks", 2, Integer.MAX_VALUE);
    long bytes = scenario.number("size_bytes", 1, Long.MAX_VALUE);
    double us = us(line, row.field("value"), row.field("unit"));
    if (faults.count() == before) {
      LinkType link = new LinkType(
          row.field("platform"), row.field("system"), operation.get(), nodes, ranks);
      add(new Timing(line, link, bytes, us));
    }
  }

  private void add(Timing timing) {
    List<Timing> ofLink = timings.computeIfAbsent(timing.link(), link -> new ArrayList<>());
    for (Timing other : ofLink) {
      if (other.bytes() == timing.bytes()) {
        fault(timing.line(), "size_bytes=" + timing.bytes() + " of the same link is in line "
            + other.line() + "; write one of the two");
        return;
      }
    }
    ofLink.add(timing);
  }

  /** In microseconds. */
  private double us(int line, String value, String unit) {
    if (!US_OF_UNIT.containsKey(unit)) {
      fault(line, "unit '" + unit + "' is no time; write one of " + US_OF_UNIT.keySet());
      return Double.NaN;
    }
    try {
      double us = Double.parseDouble(value) * US_OF_UNIT.get(unit);
      if (us > 0 && Double.isFinite(us)) {
        return us;
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    fault(line, "value: '" + value + "' is no time above 0; write a number such as 49.9");
    return Double.NaN;
  }

  private void fault(int line, String what) {
    faults.add(new Place(file.toString(), line), what);
  }

  /** An operation, then {@code key=value}, between spaces. */
  private final class Scenario {
    private final int line;
    private final List<String> words;

    Scenario(int line, String text) {
      this.line = line;
      words = List.of(text.split(" +"));
    }

    Optional<Operation> operation() {
      return Operation.of(words.getFirst());
    }

    /** The number of {@code key}; 0 after noting a fault. */
    long number(String key, long least, long most) {
      for (String word : words) {
        if (word.startsWith(key + "=")) {
          String text = word.substring(key.length() + 1);
          try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
              return number;
            }
          } catch (NumberFormatException notANumber) {
            // said below
          }
          fault(line, key + ": '" + text + "' is no whole number; write one from " + least);
          return 0;
        }
      }
      fault(line, "scenario has no '" + key + "='; write it as in"
          + " 'all_reduce nodes=2 ranks=8 size_bytes=4'");
      return 0;
    }
  }
}
