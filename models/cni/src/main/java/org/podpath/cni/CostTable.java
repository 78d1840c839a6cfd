package org.podpath.cni;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.units.Quantity;

/**
 * What operations cost on the reference core of one kind of host: rows of {@code kernel-costs.csv},
 * and over them rows of one's own.
 */
public final class CostTable {
  /** By operation; a row is read when it is asked for, since a network needs few of them. */
  private final TreeMap<String, Supplier<OperationCost>> costs = new TreeMap<>();

  private CostTable() {}

  /** The rows of {@code kernel-costs.csv} without a profile, and over them those of {@code profile}. */
  public static CostTable of(String profile) {
    CostTable table = new CostTable();
    List<NamedCsvRecord> rows = rows("kernel-costs.csv");
    for (String wanted : List.of("", profile)) {
      for (NamedCsvRecord row : rows) {
        if (row.getField("profile").equals(wanted)) {
          table.costs.put(row.getField("operation"), () -> cost(row));
        }
      }
    }
    return table;
  }

  /** This table with {@code own} rows over those of the same operations. */
  public CostTable with(Collection<OperationCost> own) {
    CostTable table = new CostTable();
    table.costs.putAll(costs);
    own.forEach(cost -> table.costs.put(cost.operation(), () -> cost));
    return table;
  }

  /** This table for a core on which every operation takes so many times as long. */
  CostTable slower(double ratio) {
    CostTable table = new CostTable();
    costs.forEach((operation, row) -> table.costs.put(operation, () -> row.get().times(ratio)));
    return table;
  }

  /** Every row, by operation. */
  public List<OperationCost> all() {
    return costs.values().stream().map(Supplier::get).toList();
  }

  /**
   * The row of {@code operation}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public OperationCost row(String operation) {
    Supplier<OperationCost> cost = costs.get(operation);
    if (cost == null) {
      throw new IllegalArgumentException(
          "no cost for '" + operation + "' in kernel-costs.csv; add a row, or use one of "
              + costs.keySet());
    }
    return cost.get();
  }

  private static OperationCost cost(NamedCsvRecord row) {
    String ns = row.getField("ns");
    String psPerByte = row.getField("ps_per_byte");
    Cost cost =
        new Cost(
            ns.isEmpty() ? 0 : Quantity.TIME.parse(ns + "ns"),
            psPerByte.isEmpty() ? 0 : Long.parseLong(psPerByte));
    return new OperationCost(
        row.getField("operation"), row.getField("unit"), cost,
        Double.parseDouble(row.getField("low")), Double.parseDouble(row.getField("high")),
        row.getField("source"));
  }

  /** All rows of a CSV file that lies beside this class. */
  static List<NamedCsvRecord> rows(String file) {
    try (InputStream in = CostTable.class.getResourceAsStream(file);
        CsvReader<NamedCsvRecord> reader =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
