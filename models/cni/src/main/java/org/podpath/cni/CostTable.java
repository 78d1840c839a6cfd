package org.podpath.cni;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.units.Quantity;

/**
 * What operations cost on the reference core: the rows of {@code kernel-costs.csv} that hold for
 * one profile.
 */
final class CostTable {
  private final TreeMap<String, Cost> costs = new TreeMap<>();

  /** The rows without a profile, and over them the rows of {@code profile}. */
  CostTable(String profile) {
    List<NamedCsvRecord> rows = rows("kernel-costs.csv");
    for (String wanted : List.of("", profile)) {
      for (NamedCsvRecord row : rows) {
        if (row.getField("profile").equals(wanted)) {
          costs.put(row.getField("operation"),
              new Cost(picoseconds(row), wholePs(row, "ps_per_byte")));
        }
      }
    }
  }

  /**
   * The cost of {@code operation}.
   *
   * @throws IllegalArgumentException if no row has it
   */
  Cost of(String operation) {
    Cost cost = costs.get(operation);
    if (cost == null) {
      throw new IllegalArgumentException(
          "no cost for '" + operation + "' in kernel-costs.csv; add a row, or use one of "
              + costs.keySet());
    }
    return cost;
  }

  private static long picoseconds(NamedCsvRecord row) {
    String ns = row.getField("ns");
    return ns.isEmpty() ? 0 : Quantity.TIME.parse(ns + "ns");
  }

  private static long wholePs(NamedCsvRecord row, String column) {
    String ps = row.getField(column);
    return ps.isEmpty() ? 0 : Long.parseLong(ps);
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
