package org.podpath.experiments.tables;

import java.util.List;
import java.util.stream.Collectors;

/** SQL that gives the tables of a dataset their names in DuckDB. */
final class Views {
  private Views() {}

  /** A view per table, for a DuckDB that was started in the folder of the dataset. */
  static String relative() {
    StringBuilder sql = new StringBuilder();
    sql.append("-- In the folder of this file: duckdb -init views.sql\n");
    for (Table table : Table.values()) {
      sql.append("-- ").append(table.meaning()).append('\n');
      sql.append(view("main", table.tableName(), List.of(table.tableName() + "/*.parquet")))
          .append(";\n");
    }
    return sql.toString();
  }

  /** A view over Parquet files, whose paths may hold patterns. */
  static String view(String schema, String name, List<String> paths) {
    String list = paths.stream()
        .map(Views::quoted)
        .collect(Collectors.joining(", ", "[", "]"));
    String where = schema.equals("main") ? "" : schema + ".";
    return "CREATE VIEW " + where + "\"" + name.replace("\"", "\"\"")
        + "\" AS SELECT * FROM read_parquet("
        + list + ")";
  }

  /** A text as SQL writes it. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
