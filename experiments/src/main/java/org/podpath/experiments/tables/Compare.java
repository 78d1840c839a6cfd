package org.podpath.experiments.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.podpath.experiments.WrongInput;

/**
 * Two results of one scenario side by side, such as those of the two engines: times of flows by
 * size, of requests, collectives and steps, and how busy links and cores were.
 */
public final class Compare {
  private static final List<String> COLUMNS =
      List.of("what", "statistic", "A", "B", "unit", "difference", "worst run", "run");

  private Compare() {}

  /**
   * Prints what differs, a line for each kind of thing and statistic.
   *
   * @throws WrongInput if a folder holds no results, or they are not of the same runs
   * @throws UncheckedIOException if {@code out} cannot be written
   */
  public static void run(Path a, Path b, Appendable out) {
    DuckTables tablesOfA = DuckTables.of(a);
    DuckTables tablesOfB = DuckTables.of(b);
    Stream.of(tablesOfA, tablesOfB).forEach(Compare::requireTables);
    try (Connection connection = DuckTables.open();
        Statement statement = connection.createStatement()) {
      DuckTables.allow(List.of(tablesOfA, tablesOfB), statement);
      for (DuckTables tables : List.of(tablesOfA, tablesOfB)) {
        String schema = tables == tablesOfA ? "a" : "b";
        statement.execute("CREATE SCHEMA " + schema);
        tables.view(schema, statement);
        for (String sql : ComparedSamples.statements(schema)) {
          statement.execute(sql);
        }
      }
      requireSameRuns(a, b, statement);
      out.append(firstLine("A", a, "a", statement));
      out.append(firstLine("B", b, "b", statement));
      print(statement, out);
    } catch (SQLException e) {
      throw new WrongInput(
          a + ", " + b + ": cannot be compared (" + DuckTables.firstLines(e)
              + "); run the scenario again with this version");
    } catch (IOException e) {
      throw new UncheckedIOException("the comparison cannot be written", e);
    }
  }

  private static void requireTables(DuckTables tables) {
    List<String> missing = new ArrayList<>();
    for (Table table : ComparedSamples.TABLES) {
      if (!tables.names().contains(table.tableName())) {
        missing.add(
            tables.dataset() + ": has no table '" + table.tableName()
                + "'; run the scenario again with this version");
      }
    }
    if (!missing.isEmpty()) {
      throw new WrongInput(missing);
    }
  }

  /** Runs are the same if their experiment, parameters, repetition and seed are. */
  private static void requireSameRuns(Path a, Path b, Statement statement) throws SQLException {
    List<String> experiments = texts(
        "SELECT DISTINCT experiment FROM (FROM a.runs UNION ALL FROM b.runs) ORDER BY 1",
        statement);
    if (experiments.size() > 1) {
      throw new WrongInput(
          a + ", " + b + ": are results of different scenarios, '" + String.join("' and '",
              experiments)
              + "'; name two results of one scenario");
    }
    List<String> faults = new ArrayList<>();
    faults.addAll(onlyIn("a", "b", a, b, statement));
    faults.addAll(onlyIn("b", "a", b, a, statement));
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }

  private static List<String> onlyIn(
      String one, String other, Path in, Path notIn, Statement statement) throws SQLException {
    List<String> only = texts(
        "SELECT run FROM " + one + ".keys WHERE key NOT IN (SELECT key FROM " + other
            + ".keys) ORDER BY key",
        statement);
    return only.isEmpty()
        ? List.of()
        : List.of(
            in + ": " + only.size() + " of its runs are not in " + notIn + ", such as "
                + only.getFirst() + "; run the same points and repetitions with the same seed");
  }

  private static String firstLine(String name, Path folder, String schema, Statement statement)
      throws SQLException {
    List<String> said = texts(
        "SELECT string_agg(DISTINCT engine, ', ') || ' engine, ' || count(*) || ' runs'"
            + " || coalesce(', ' || nullif(count(*) FILTER (status <> 'ok'), 0)"
            + " || ' of them not ok', '') FROM " + schema + ".runs",
        statement);
    return name + ": " + folder + ", " + said.getFirst() + "\n";
  }

  private static void print(Statement statement, Appendable out) throws SQLException, IOException {
    TextTable table = new TextTable(out, COLUMNS);
    try (ResultSet rows = statement.executeQuery(ComparedSamples.DIFFERENCES)) {
      Object[] cells = new Object[COLUMNS.size()];
      while (rows.next()) {
        for (int c = 0; c < cells.length; c++) {
          cells[c] = rows.getObject(c + 1);
        }
        table.add(cells);
      }
    }
    table.end();
  }

  private static List<String> texts(String sql, Statement statement) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
