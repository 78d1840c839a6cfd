package org.podpath.experiments.calibrate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.podpath.experiments.WrongInput;

/**
 * Rows to leave out of a fit: those with all of some values.
 *
 * @param values by column
 */
public record HeldOut(Map<String, String> values) {
  private static final List<String> COLUMNS =
      List.of("scenario", "dataplane", "rules_or_entries", "offload", "metric", "block", "size");

  /**
   * Columns and values such as {@code scenario=chain,rules_or_entries=4}.
   *
   * @throws WrongInput if the text is something else
   */
  public static HeldOut of(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      String[] sides = part.split("=", 2);
      if (sides.length != 2 || !COLUMNS.contains(sides[0])) {
        throw new WrongInput(
            "--without " + text + ": '" + part + "' is no column with a value; write"
                + " scenario=chain or the like, with the columns " + COLUMNS);
      }
      values.put(sides[0], sides[1]);
    }
    return new HeldOut(values);
  }

  boolean chooses(Measured row) {
    Map<String, String> its =
        Map.of(
            "scenario", row.scenario(), "dataplane", row.dataplane(), "rules_or_entries",
            Integer.toString(row.entries()), "offload", row.offload() ? "on" : "off", "metric",
            row.observable().metric(), "block", row.block(), "size",
            Integer.toString(row.bytes()));
    return values.entrySet().stream().allMatch(e -> e.getValue().equals(its.get(e.getKey())));
  }

  @Override
  public String toString() {
    return values.entrySet()
        .stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(","));
  }
}
