package org.podpath.experiments.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.podpath.experiments.WrongInput;

/** SQL over the tables of a dataset, answered by DuckDB in memory. */
public final class Query {
  private Query() {}

  /**
   * Prints the answer as a {@link TextTable}. Each folder of Parquet files is a table; no other
   * file and no network can be reached. Of several statements the last one's answer is printed.
   *
   * @throws WrongInput if the folder holds no results or the SQL is wrong
   * @throws UncheckedIOException if {@code out} cannot be written
   */
  public static void run(Path dataset, String sql, Appendable out) {
    DuckTables tables = DuckTables.of(dataset);
    if (sql.isBlank()) {
      throw new WrongInput("query: is empty; write SQL, such as \"SELECT * FROM runs\"");
    }
    try (Connection connection = DuckTables.open();
        Statement statement = connection.createStatement()) {
      DuckTables.allow(List.of(tables), statement);
      tables.view("main", statement);
      answer(sql, tables, statement, out);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not run: " + DuckTables.firstLines(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException("the answer cannot be written", e);
    }
  }

  private static void answer(
      String sql, DuckTables tables, Statement statement, Appendable out)
      throws IOException {
    try {
      if (!statement.execute(sql)) {
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        print(rows, out);
      }
    } catch (SQLException e) {
      throw new WrongInput(
          "query: " + DuckTables.firstLines(e) + "; write SQL over the tables " + tables.names()
              + ", podpath explain TABLE lists the columns");
    }
  }

  private static void print(ResultSet rows, Appendable out) throws SQLException, IOException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> names = new ArrayList<>();
    for (int c = 1; c <= columns.getColumnCount(); c++) {
      names.add(columns.getColumnLabel(c));
    }
    TextTable table = new TextTable(out, names);
    Object[] cells = new Object[names.size()];
    while (rows.next()) {
      for (int c = 0; c < cells.length; c++) {
        Object value = rows.getObject(c + 1);
        cells[c] = value instanceof Blob blob ? blob.length() + " bytes" : value;
      }
      table.add(cells);
    }
    table.end();
  }
}
