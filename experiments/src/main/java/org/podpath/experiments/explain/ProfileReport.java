package org.podpath.experiments.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.podpath.cni.Profiles;
import org.podpath.experiments.tables.TextTable;

/** Host profiles in words: every number with its limits and its source. */
public final class ProfileReport {
  private static final List<String> SHORT =
      List.of("slowness", "cold", "moderation", "nic", "mtu");

  private static final int SOURCE_WIDTH = 70;

  private ProfileReport() {}

  /** One line for each profile. */
  public static String profiles() {
    StringBuilder text = new StringBuilder();
    TextTable table =
        new TextTable(text, List.of("profile", "slowness", "cold", "moderation", "nic", "mtu"));
    try {
      for (String name : Profiles.names()) {
        List<Profiles.Field> fields = Profiles.fields(name);
        Object[] cells = new Object[1 + SHORT.size()];
        cells[0] = name;
        for (int c = 1; c < cells.length; c++) {
          cells[c] = value(fields, SHORT.get(c - 1));
        }
        table.add(cells);
      }
      table.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String value(List<Profiles.Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(Profiles.Field::value)
        .findFirst()
        .orElse("");
  }

  /**
   * Every number of the profile called {@code name}.
   *
   * @throws IllegalArgumentException if there is no such profile
   */
  public static String text(String name) {
    StringBuilder text = new StringBuilder(Profiles.of(name).name()).append("\n\n");
    TextTable table = new TextTable(text, List.of("field", "value", "low", "high", "source"));
    try {
      for (Profiles.Field field : Profiles.fields(name)) {
        List<String> source = wrapped(field.source());
        table.add(field.name(), field.value(), field.low(), field.high(), source.getFirst());
        for (String line : source.subList(1, source.size())) {
          table.add("", "", "", "", line);
        }
      }
      table.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<String> wrapped(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > SOURCE_WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
