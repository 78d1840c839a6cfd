package org.podpath.experiments.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Map<String, List<String>> tables = tables(dataset);
    if (sql.isBlank()) {
      throw new WrongInput("query: is empty; write SQL, such as \"SELECT * FROM runs\"");
    }
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      prepare(dataset, tables, statement);
      answer(sql, tables, statement, out);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not run: " + firstLines(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException("the answer cannot be written", e);
    }
  }

  /** The tables of a dataset in order of their names, each with its files. */
  private static Map<String, List<String>> tables(Path dataset) {
    Map<String, List<String>> tables = new TreeMap<>();
    if (!Files.isDirectory(dataset)) {
      throw new WrongInput(dataset + ": is no folder; run a scenario first, or name its results");
    }
    try (Stream<Path> folders = Files.list(dataset.toRealPath())) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        List<String> files = parquetFiles(folder);
        if (!files.isEmpty()) {
          tables.put(folder.getFileName().toString(), files);
        }
      }
    } catch (IOException e) {
      throw new WrongInput(
          dataset + ": cannot be read (" + Failure.reason(e) + "); name a folder of results");
    }
    if (tables.isEmpty()) {
      throw new WrongInput(
          dataset + ": holds no results; run a scenario first, or name its results");
    }
    return tables;
  }

  private static List<String> parquetFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".parquet")).sorted().toList();
    }
  }

  private static Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true"); // a long answer passes row by row
    return DriverManager.getConnection("jdbc:duckdb:", properties);
  }

  private static void prepare(
      Path dataset, Map<String, List<String>> tables, Statement statement) throws SQLException {
    String directories = tables.values()
        .stream()
        .map(files -> Views.quoted(Path.of(files.getFirst()).getParent() + "/"))
        .collect(Collectors.joining(", "));
    statement.execute("SET allowed_directories = [" + directories + "]");
    statement.execute("SET enable_external_access = false");
    for (Map.Entry<String, List<String>> table : tables.entrySet()) {
      try {
        statement.execute(Views.view(table.getKey(), table.getValue()));
      } catch (SQLException e) {
        throw new WrongInput(
            dataset.resolve(table.getKey()) + ": cannot be read (" + firstLines(e)
                + "); run the scenario again");
      }
    }
  }

  private static void answer(
      String sql, Map<String, List<String>> tables, Statement statement, Appendable out)
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
          "query: " + firstLines(e) + "; write SQL over the tables " + tables.keySet()
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

  /** What DuckDB says, in one line, up to where it quotes the statement. */
  private static String firstLines(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int quote = message.indexOf("\nLINE ");
    String before = quote < 0 ? message : message.substring(0, quote);
    return before.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
