package org.podpath.experiments.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** What the result tables and their columns mean, in words for the terminal. */
public final class TableReference {
  private TableReference() {}

  /**
   * Explains the table of that name, or else the columns of that name in all tables.
   *
   * @return lines, each with its line end; empty if there is no such table or column
   */
  public static Optional<String> explain(String name) {
    return Table.named(name).map(TableReference::table).or(() -> columns(name));
  }

  private static String table(Table table) {
    StringBuilder text = new StringBuilder();
    text.append(table.tableName()).append(": ").append(table.meaning()).append("\n\n");
    TextTable lines = new TextTable(text, List.of("column", "type", "unit", "null", "meaning"));
    try {
      for (Column column : table.columns()) {
        lines.add(
            column.name(), column.type().text(), column.unit(), column.nullable() ? "yes" : "",
            column.meaning());
      }
      lines.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Optional<String> columns(String name) {
    StringBuilder text = new StringBuilder();
    for (Table table : Table.values()) {
      for (Column column : table.columns()) {
        if (column.name().equals(name)) {
          text.append(table.tableName()).append('.').append(name);
          text.append(" (").append(column.type().text());
          text.append(column.unit().isEmpty() ? "" : ", " + column.unit());
          text.append(column.nullable() ? ", may be null): " : "): ");
          text.append(column.meaning()).append('\n');
        }
      }
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }
}
