package org.podpath.experiments.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.podpath.experiments.WrongInput;

/**
 * The tables of a dataset as DuckDB sees them: each folder of Parquet files is one.
 *
 * @param files of each table, in order of the names
 */
record DuckTables(Path dataset, TreeMap<String, List<String>> files) {
  /**
   * Those of a folder.
   *
   * @throws WrongInput if it holds no results
   */
  static DuckTables of(Path dataset) {
    TreeMap<String, List<String>> tables = new TreeMap<>();
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
    return new DuckTables(dataset, tables);
  }

  private static List<String> parquetFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".parquet")).sorted().toList();
    }
  }

  /** DuckDB in memory. */
  static Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true"); // a long answer passes row by row
    return DriverManager.getConnection("jdbc:duckdb:", properties);
  }

  /** From now on no file but those of {@code datasets} and no network can be reached. */
  static void allow(List<DuckTables> datasets, Statement statement) throws SQLException {
    String directories = datasets.stream()
        .flatMap(dataset -> dataset.files.values().stream())
        .map(files -> Views.quoted(Path.of(files.getFirst()).getParent() + "/"))
        .collect(Collectors.joining(", "));
    statement.execute("SET allowed_directories = [" + directories + "]");
    statement.execute("SET enable_external_access = false");
  }

  Set<String> names() {
    return files.keySet();
  }

  /**
   * Makes a view of each table.
   *
   * @throws WrongInput if a file cannot be read
   */
  void view(String schema, Statement statement) throws SQLException {
    for (Map.Entry<String, List<String>> table : files.entrySet()) {
      try {
        statement.execute(Views.view(schema, table.getKey(), table.getValue()));
      } catch (SQLException e) {
        throw new WrongInput(
            dataset.resolve(table.getKey()) + ": cannot be read (" + firstLines(e)
                + "); run the scenario again");
      }
    }
  }

  /** What DuckDB says, in one line, up to where it quotes the statement. */
  static String firstLines(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int quote = message.indexOf("\nLINE ");
    String before = quote < 0 ? message : message.substring(0, quote);
    return before.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
