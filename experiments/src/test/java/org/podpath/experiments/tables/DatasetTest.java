package org.podpath.experiments.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.WrongInput;

class DatasetTest {
  private static final Dataset.Origin ORIGIN =
      new Dataset.Origin("experiment: x # kept\n", Map.of(), "0.1.0");

  @TempDir
  private Path parent;

  /** A file from elsewhere stays there: its name would lead out of the results. */
  @Test
  void filesThatTheScenarioNamesAreKeptBesideIt() throws IOException {
    Path drawn = Files.writeString(parent.resolve("drawn.yaml"), "switches: {a: {}}\n");
    Map<String, Path> besides = Map.of("net/drawn.yaml", drawn, "../drawn.yaml", drawn);

    try (Dataset dataset =
        Dataset.create(
            parent.resolve("out"), false, new Dataset.Origin("x: 1\n", besides, "0.1.0"))) {
      dataset.commit();
    }

    assertThat(parent.resolve("out/net/drawn.yaml")).hasSameTextualContentAs(drawn);
  }

  @Test
  void aDatasetHoldsEveryTableTheScenarioAndTheViews() throws IOException {
    writeRuns(1);

    assertThat(files(results())).containsExactly(
        "collectives/0001-of-0001.parquet", "executions/0001-of-0001.parquet",
        "flows/0001-of-0001.parquet", "host_cpu/0001-of-0001.parquet",
        "jobs/0001-of-0001.parquet", "latency/0001-of-0001.parquet",
        "links/0001-of-0001.parquet", "requests/0001-of-0001.parquet",
        "runs/0001-of-0001.parquet", "scenario.yaml", "steps/0001-of-0001.parquet", "views.sql");
    assertThat(results().resolve("scenario.yaml")).hasContent("experiment: x # kept\n");
    assertThat(files(parent)).allMatch(file -> file.startsWith("x/"));
  }

  @Test
  void rowsGoToTheTableOfTheirKind() {
    try (Dataset dataset = Dataset.create(results(), false, ORIGIN)) {
      dataset.write(Rows.run(1));
      dataset.write(Rows.execution(1));
      dataset.write(Rows.job(1));
      dataset.write(Rows.step(1, 0));
      dataset.write(Rows.step(1, 1));
      dataset.write(Rows.collective(1));
      dataset.write(Rows.request(1, 0));
      dataset.write(Rows.request(1, 125_000));
      dataset.write(Rows.unfinishedRequest(1, 250_000));
      dataset.write(Rows.flow(1, 0));
      dataset.write(Rows.flow(1, 1));
      dataset.write(Rows.latency(1, 50_000L, new byte[] {1, 2, 3}));
      dataset.write(Rows.hostCpu(1, null));
      dataset.write(Rows.link(1));
      dataset.commit();
    }

    String counts = Duck.query(
        results(),
        "SELECT (SELECT count(*) FROM runs) r, (SELECT count(*) FROM executions) e, "
            + "(SELECT count(*) FROM jobs) j, (SELECT count(*) FROM steps) s, "
            + "(SELECT count(*) FROM collectives) c, (SELECT count(*) FROM requests) q, "
            + "(SELECT count(*) FROM flows) f, (SELECT count(*) FROM latency) l, "
            + "(SELECT count(*) FROM host_cpu) h, (SELECT count(*) FROM links) n");

    assertThat(counts.lines()).containsExactly(
        "r  e  j  s  c  q  f  l  h  n", "1  1  1  2  1  3  2  1  1  1");
  }

  @Test
  void aTimeThatARequestDoesNotHaveIsNull() {
    try (Dataset dataset = Dataset.create(results(), false, ORIGIN)) {
      dataset.write(Rows.request(1, 0));
      dataset.write(Rows.unfinishedRequest(1, 125_000));
      dataset.commit();
    }

    String answer = Duck.query(
        results(),
        "SELECT queue_ns, network_ns, compute_ns, total_ns, outcome FROM requests "
            + "ORDER BY arrive_ns");

    assertThat(answer).isEqualTo("""
        queue_ns  network_ns  compute_ns  total_ns  outcome
           10000       50000      200000    260000  ok
           10000                                    unfinished
        """);
  }

  @Test
  void aRowThatNoTableHasIsRefused() {
    record Stranger(long runId) {}

    try (Dataset dataset = Dataset.create(results(), false, ORIGIN)) {
      assertThatThrownBy(() -> dataset.write(new Stranger(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no table has rows such as Stranger[runId=1]");
    }
  }

  @Test
  void nothingIsLeftOfADatasetThatWasNotCommitted() throws IOException {
    try (Dataset dataset = Dataset.create(results(), false, ORIGIN)) {
      dataset.write(Rows.run(1));
    }

    assertThat(files(parent)).isEmpty();
    assertThat(results()).doesNotExist();
  }

  @Test
  void resultsAreNotReplacedWithoutForce() {
    writeRuns(1);

    assertRefused("holds results already; write --force to replace them, or --out with another"
        + " folder", false);
    assertThat(runs()).isEqualTo("1");
  }

  @Test
  void resultsThatAreReplacedStayUntilTheCommit() {
    writeRuns(1);

    try (Dataset dataset = Dataset.create(results(), true, ORIGIN)) {
      dataset.write(Rows.run(2));
      assertThat(runs()).isEqualTo("1");
      dataset.commit();
    }

    assertThat(runs()).isEqualTo("2");
  }

  @Test
  void resultsStayWhenTheirReplacementIsNotCommitted() {
    writeRuns(1);

    try (Dataset dataset = Dataset.create(results(), true, ORIGIN)) {
      dataset.write(Rows.run(2));
    }

    assertThat(runs()).isEqualTo("1");
  }

  @Test
  void filesThatAreNotResultsAreNeverReplaced() throws IOException {
    Files.writeString(Files.createDirectory(results()).resolve("thesis.tex"), "years");

    assertRefused("holds files that are not results; write --out with another folder", true);
    assertThat(results().resolve("thesis.tex")).hasContent("years");
  }

  @Test
  void anEmptyFolderIsFilled() throws IOException {
    Files.createDirectory(results());

    writeRuns(3);

    assertThat(runs()).isEqualTo("3");
  }

  @Test
  void aFileIsNoPlaceForADataset() throws IOException {
    Files.writeString(results(), "a file");

    assertRefused("is a file; write --out with a folder", true);
    assertThat(results()).hasContent("a file");
  }

  @Test
  void aFolderBelowAFileCannotBeMade() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    Path below = file.resolve("x");

    assertThatThrownBy(() -> Dataset.create(below, false, ORIGIN))
        .isInstanceOf(WrongInput.class)
        .hasMessageStartingWith(below + ": cannot be made (")
        .hasMessageEndingWith("); write --out with another folder");
  }

  @Test
  void twoRunsDoNotWriteToTheSamePlaceAtOnce() {
    try (Dataset first = Dataset.create(results(), false, ORIGIN)) {
      assertRefused(
          "another run is writing there; wait for it, or write --out with another folder", true);
      first.write(Rows.run(1));
      first.commit();
    }

    assertThat(runs()).isEqualTo("1");
  }

  @Test
  void whatAKilledRunHadWrittenIsRemoved() throws IOException {
    Path partial = Files.createDirectories(parent.resolve(".x.partial").resolve("runs"));
    Files.writeString(partial.resolve("0001-of-0001.parquet"), "half");

    writeRuns(4);

    assertThat(runs()).isEqualTo("4");
    assertThat(files(parent)).allMatch(file -> file.startsWith("x/"));
  }

  @Test
  void resultsThatAKilledRunHadMovedAwayAreBack() throws IOException {
    writeRuns(1);
    Files.move(results(), parent.resolve(".x.replaced"));

    assertRefused("holds results already; write --force to replace them, or --out with another"
        + " folder", false);
    assertThat(runs()).isEqualTo("1");
  }

  @Test
  void aCommitIsFinal() {
    try (Dataset dataset = Dataset.create(results(), false, ORIGIN)) {
      dataset.commit();

      assertThatThrownBy(dataset::commit)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(results() + " is COMMITTED, not OPEN");
    }

    assertThat(results()).isDirectory();
  }

  @Test
  void theViewsReadTheTablesOfTheirFolder() throws IOException, SQLException {
    writeRuns(1, 2);
    String views = Files.readString(results().resolve("views.sql"));

    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET file_search_path = '" + results() + "'");
      statement.execute(views);
      ResultSet answer = statement.executeQuery(
          "SELECT (SELECT count(*) FROM runs) + (SELECT count(*) FROM host_cpu)");

      assertThat(answer.next()).isTrue();
      assertThat(answer.getLong(1)).isEqualTo(2);
    }
  }

  @Test
  void theFailureOfAFullDiskIsALine() {
    assertThat(Failure.reason(new IOException("No space left on device")))
        .isEqualTo("no space left on device");
  }

  private Path results() {
    return parent.resolve("x");
  }

  private void writeRuns(long... runIds) {
    try (Dataset dataset = Dataset.create(results(), false, ORIGIN)) {
      for (long runId : runIds) {
        dataset.write(Rows.run(runId));
      }
      dataset.commit();
    }
  }

  private String runs() {
    List<String> lines = Duck.query(results(), "SELECT run_id FROM runs").lines().toList();
    return String.join(" ", lines.subList(1, lines.size())).strip();
  }

  private void assertRefused(String why, boolean force) {
    assertThatThrownBy(() -> Dataset.create(results(), force, ORIGIN))
        .isInstanceOf(WrongInput.class)
        .hasMessage(results() + ": " + why);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }
}
