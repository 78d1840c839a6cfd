package org.podpath.workloads;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Neural networks by name: the rows of {@code models.csv}. No field of it holds a comma, so none is
 * quoted.
 */
public final class ModelTable {
  private static final String FILE = "models.csv";
  private static final String HEADER =
      "name,gradient_bytes,parameters,compute_us,batch,gpu,source";
  private static final int COLUMNS = 7;
  private static final long PS_PER_US = 1_000_000;
  private static final List<Model> MODELS = read();

  private ModelTable() {}

  /** Names of all models, in the order of the file. */
  public static List<String> names() {
    return MODELS.stream().map(Model::name).toList();
  }

  /**
   * The model called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Model of(String name) {
    return MODELS.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "no model '" + name + "' in " + FILE + "; add a row, or use one of " + names()));
  }

  private static List<Model> read() {
    try (InputStream in = ModelTable.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String header = lines.readLine();
      if (!HEADER.equals(header)) {
        throw new IllegalStateException(FILE + " begins with '" + header + "', not " + HEADER);
      }
      return lines.lines().map(ModelTable::model).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  /**
   * The model of a row.
   *
   * @throws IllegalArgumentException if the row is none
   */
  static Model model(String row) {
    String[] fields = row.split(",", -1);
    if (fields.length != COLUMNS) {
      throw new IllegalArgumentException(
          "'" + row + "' has " + fields.length + " fields; write " + HEADER);
    }
    return new Model(
        fields[0],
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        fields[3].isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(Math.multiplyExact(Long.parseLong(fields[3]), PS_PER_US)),
        fields[4].isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(fields[4])),
        fields[5],
        fields[6]);
  }
}
