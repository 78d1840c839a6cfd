package org.podpath.cni;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Moderation;
import org.podpath.engine.units.Quantity;

/** Host profiles: the rows of {@code host-profiles.csv}. */
public final class Profiles {
  private static final List<NamedCsvRecord> ROWS = CostTable.rows("host-profiles.csv");

  private Profiles() {}

  /** Names of all profiles, in the order of the file. */
  public static List<String> names() {
    return ROWS.stream().map(row -> row.getField("profile")).distinct().toList();
  }

  /**
   * The profile called {@code name}.
   *
   * @throws IllegalArgumentException if there is none, or a field is missing
   */
  public static HostProfile of(String name) {
    TreeMap<String, String> fields = new TreeMap<>();
    for (NamedCsvRecord row : ROWS) {
      if (row.getField("profile").equals(name)) {
        fields.put(row.getField("field"), row.getField("value"));
      }
    }
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("no host profile '" + name + "'; use one of " + names());
    }
    return new HostProfile(
        name,
        ratio(name, fields, "slowness"),
        ratio(name, fields, "cold"),
        quantity(name, fields, "cold-idle", Quantity.TIME),
        quantity(name, fields, "moderation", Quantity.TIME),
        quantity(name, fields, "nic-latency", Quantity.TIME),
        quantity(name, fields, "nic", Quantity.RATE),
        Integer.parseInt(field(name, fields, "mtu")),
        ratio(name, fields, "smt-share"),
        quantity(name, fields, "hairpin", Quantity.RATE),
        quantity(name, fields, "hairpin-latency", Quantity.TIME),
        ratio(name, fields, "train"),
        moderation(field(name, fields, "moderation-kind")),
        Integer.parseInt(field(name, fields, "ring")));
  }

  /** Where the speed of a profile's cores comes from. */
  public static String source(String name) {
    return fields(name).stream()
        .filter(field -> field.name().equals("slowness"))
        .map(Field::source)
        .findFirst()
        .orElseThrow();
  }

  /**
   * One number of a profile, as it stands in the file.
   *
   * @param low what it may be at least, in the unit of {@code value}
   * @param high what it may be at most
   */
  public record Field(
      String name, String unit, String value, String low, String high, String source) {}

  /**
   * The numbers of the profile called {@code name}, in the order of the file; none if there is no
   * such profile.
   */
  public static List<Field> fields(String name) {
    return ROWS.stream()
        .filter(row -> row.getField("profile").equals(name))
        .map(
            row -> new Field(
                row.getField("field"), row.getField("unit"), row.getField("value"),
                row.getField("low"), row.getField("high"), row.getField("source")))
        .toList();
  }

  private static Moderation moderation(String word) {
    return Moderation.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static double ratio(String name, TreeMap<String, String> fields, String field) {
    return Double.parseDouble(field(name, fields, field));
  }

  private static long quantity(
      String name, TreeMap<String, String> fields, String field, Quantity quantity) {
    return quantity.parse(field(name, fields, field));
  }

  private static String field(String name, TreeMap<String, String> fields, String field) {
    String value = fields.get(field);
    if (value == null) {
      throw new IllegalArgumentException("host-profiles.csv has no '" + field + "' for " + name);
    }
    return value;
  }
}
