package org.podpath.experiments.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.WrongInput;

class QueryTest {
  @TempDir
  private Path parent;

  @Test
  void theAnswerIsATableOfText() {
    Path results = written("x");

    String answer = Duck.query(
        results,
        "SELECT src, bytes, verdict, slowdown_ratio FROM flows JOIN runs USING (run_id) "
            + "ORDER BY flow");

    assertThat(answer).isEqualTo("""
        src     bytes  verdict  slowdown_ratio
        client   1000                        2
        client   2000                        2
        """);
  }

  @Test
  void bytesAreShownAsTheirNumberAndMapsAsTheirEntries() {
    Path results = written("x");

    assertThat(Duck.query(results, "SELECT histogram FROM latency"))
        .isEqualTo("histogram\n3 bytes\n");
    assertThat(Duck.query(results, "SELECT params FROM runs"))
        .isEqualTo("params\n{network.cni=cilium}\n");
  }

  @Test
  void theFolderMayHaveAnyName() {
    Path results = written("it's [1] \"of\" *my* runs?");

    assertThat(Duck.query(results, "SELECT count(*) AS n FROM flows")).isEqualTo("n\n2\n");
  }

  @Test
  void aTableThatIsNotThereIsTold() {
    Path results = written("x");

    assertThatThrownBy(() -> Duck.query(results, "SELECT * FROM flow"))
        .isInstanceOf(WrongInput.class)
        .hasMessage("query: Catalog Error: Table with name flow does not exist! Did you mean "
            + "\"flows\"?; write SQL over the tables [collectives, executions, flows, host_cpu, "
            + "jobs, latency, links, requests, runs, steps],"
            + " podpath explain TABLE lists the columns");
  }

  @Test
  void everythingWrongWithTheSqlIsToldInOneLine() {
    Path results = written("x");

    for (String sql : new String[] {"SELEC 1", "SELECT p98_ns FROM latency", "SELECT 'a'::INT"}) {
      assertThatThrownBy(() -> Duck.query(results, sql))
          .isInstanceOf(WrongInput.class)
          .hasMessageStartingWith("query: ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void sqlWithoutAStatementIsRefused() {
    Path results = written("x");

    assertThatThrownBy(() -> Duck.query(results, " "))
        .isInstanceOf(WrongInput.class)
        .hasMessage("query: is empty; write SQL, such as \"SELECT * FROM runs\"");
  }

  @Test
  void otherFilesAreOutOfReach() throws IOException {
    Path results = written("x");
    Path secret = Files.writeString(parent.resolve("secret.csv"), "a,b\n1,2\n");

    assertThatThrownBy(() -> Duck.query(results, "SELECT * FROM '" + secret + "'"))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("Permission Error");
  }

  @Test
  void aFolderWithoutResultsIsRefused() throws IOException {
    Path empty = Files.createDirectory(parent.resolve("empty"));
    Path missing = parent.resolve("missing");

    assertThatThrownBy(() -> Duck.query(empty, "SELECT 1"))
        .isInstanceOf(WrongInput.class)
        .hasMessage(empty + ": holds no results; run a scenario first, or name its results");
    assertThatThrownBy(() -> Duck.query(missing, "SELECT 1"))
        .isInstanceOf(WrongInput.class)
        .hasMessage(missing + ": is no folder; run a scenario first, or name its results");
  }

  @Test
  void aFileThatIsDamagedIsNamed() throws IOException {
    Path results = written("x");
    Files.writeString(results.resolve("flows").resolve("0001-of-0001.parquet"), "not Parquet");

    assertThatThrownBy(() -> Duck.query(results, "SELECT * FROM runs"))
        .isInstanceOf(WrongInput.class)
        .hasMessageStartingWith(results.resolve("flows") + ": cannot be read (")
        .hasMessageEndingWith("); run the scenario again");
  }

  private Path written(String name) {
    Path results = parent.resolve(name);
    Dataset.Origin origin = new Dataset.Origin("experiment: x\n", Map.of(), "0.1.0");
    try (Dataset dataset = Dataset.create(results, false, origin)) {
      dataset.write(Rows.run(1));
      dataset.write(Rows.flow(1, 0));
      dataset.write(Rows.flow(1, 1));
      dataset.write(Rows.latency(1, null, new byte[] {1, 2, 3}));
      dataset.commit();
    }
    return results;
  }
}
