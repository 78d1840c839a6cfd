package org.podpath.experiments.run;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.podpath.cni.CostTable;
import org.podpath.cni.OperationCost;
import org.podpath.engine.datapath.Cost;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.yaml.CsvFile;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.Place;

/**
 * Reads costs of a user's own: a CSV file with the columns of the product's cost file, each row over
 * the one of the same operation. What {@code podpath calibrate} writes is one.
 */
public final class CostFile {
  /** The columns; {@code profile} may be missing, low and high default to the value. */
  public static final List<String> COLUMNS =
      List.of("operation", "profile", "unit", "ns", "ps_per_byte", "low", "high", "source");

  private static final List<String> NEEDED = List.of("operation", "unit", "ns", "ps_per_byte");

  private final Path file;
  private final CostTable known;
  private final Faults faults = new Faults();
  private final Map<String, OperationCost> costs = new LinkedHashMap<>();

  private CostFile(Path file, CostTable known) {
    this.file = file;
    this.known = known;
  }

  /**
   * The costs in {@code file}.
   *
   * @param known the rows that they stand over: what one of them is charged for cannot be changed
   * @throws WrongInput with every fault of the file
   */
  public static List<OperationCost> read(Path file, CostTable known) {
    return new CostFile(file, known).read();
  }

  private List<OperationCost> read() {
    new CsvFile(file, "CSV file of costs", faults).rows(NEEDED, COLUMNS).forEach(this::read);
    faults.stopIfAny();
    if (costs.isEmpty()) {
      throw new WrongInput(file + ": no row; write the columns " + COLUMNS + " and a row for each"
          + " cost");
    }
    return List.copyOf(costs.values());
  }

  private void read(CsvFile.Row row) {
    int line = row.line();
    String operation = row.field("operation");
    String unit = row.field("unit");
    boolean byByte = unit.equals("byte");
    String column = byByte ? "ps_per_byte" : "ns";
    if (operation.isEmpty() || unit.isEmpty()) {
      fault(line, "no operation or no unit; write both, as in 'cross veth,,super-packet,360,…'");
      return;
    }
    if (!row.field(byByte ? "ns" : "ps_per_byte").isEmpty()) {
      fault(line, "a cost in " + (byByte ? "ns" : "ps_per_byte") + " of the unit '" + unit
          + "'; write it in " + column);
      return;
    }
    unitOf(operation).filter(wanted -> !wanted.equals(unit))
        .ifPresent(
            wanted -> fault(line, "'" + operation + "' is charged for a " + wanted + ", not for '"
                + unit + "'; write the unit '" + wanted + "'"));
    Optional<BigDecimal> value = number(line, column, row.field(column));
    if (value.isEmpty()) {
      return;
    }
    Optional<BigDecimal> low = limit(row, line, "low", value.get());
    Optional<BigDecimal> high = limit(row, line, "high", value.get());
    if (low.isPresent() && high.isPresent()) {
      OperationCost cost =
          new OperationCost(
              operation, unit, Cost.NONE, low.get().doubleValue(), high.get().doubleValue(),
              row.field("source")).at(value.get().doubleValue());
      if (costs.put(operation, cost) != null) {
        fault(line, "'" + operation + "' stands in the file already; write one row for it");
      }
    }
  }

  private Optional<String> unitOf(String operation) {
    return known.all()
        .stream()
        .filter(cost -> cost.operation().equals(operation))
        .map(OperationCost::unit)
        .findFirst();
  }

  private Optional<BigDecimal> limit(CsvFile.Row row, int line, String column, BigDecimal value) {
    String text = row.field(column);
    return text.isEmpty() ? Optional.of(value) : number(line, column, text);
  }

  private Optional<BigDecimal> number(int line, String column, String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      if (number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(1_000_000_000)) <= 0) {
        return Optional.of(number);
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    fault(line, column + ": '" + text + "' is no cost; write a number from 0 to 1000000000");
    return Optional.empty();
  }

  private void fault(int line, String what) {
    faults.add(new Place(file.toString(), line), what);
  }
}
