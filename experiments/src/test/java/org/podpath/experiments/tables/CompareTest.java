package org.podpath.experiments.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.WrongInput;

class CompareTest {
  @TempDir
  private Path parent;

  /** 100 flows of 1, 2, … 100 us beside the same of 10 % more, and one of 20 MB. */
  @Test
  void flowsAreComparedByTheirSize() {
    Path a = written("a", dataset -> flows(dataset, 100));
    Path b = written("b", dataset -> flows(dataset, 110));

    assertThat(lines(a, b)).contains(
        "flows below 100 kB count 100 100 +0.0 %",
        "flows below 100 kB mean 50.5 55.55 us +10.0 % +10.0 % cilium",
        "flows below 100 kB p50 50.5 55.55 us +10.0 % +10.0 % cilium",
        "flows below 100 kB p99 99.01 108.911 us +10.0 % +10.0 % cilium",
        "flows of 10 MB and more count 1 1 +0.0 %");
  }

  /** A link that is busy for 1 and for 2 us of the 5 us of a run. */
  @Test
  void linksAndCoresAreComparedByTheirShareOfTime() {
    Path a = written("a", dataset -> dataset.write(link(1_000)));
    Path b = written("b", dataset -> dataset.write(link(2_000)));

    assertThat(lines(a, b)).contains(
        "links, share of the time busy mean 0.2 0.4 +100.0 % +100.0 % cilium",
        "links, share of the time busy most 0.2 0.4 +100.0 % +100.0 % cilium");
  }

  @Test
  void resultsOfDifferentScenariosAreRefused() {
    Path a = written("a", dataset -> {});
    Path b = runs("b", new RunRow(
        1, "other", 0, 0, 7, "flow", "ref", "ab12", Map.of(), "ok", null, 5_000, 60, null));

    assertThatThrownBy(() -> compared(a, b)).isInstanceOf(WrongInput.class)
        .hasMessage(a + ", " + b + ": are results of different scenarios, 'other' and"
            + " 'two-tenants'; name two results of one scenario");
  }

  @Test
  void runsThatOnlyOneOfThemHasAreNamed() {
    Path a = written("a", dataset -> {});
    Path b = runs("b", new RunRow(
        1, "two-tenants", 0, 0, 8, "flow", "ref", "ab12", Map.of("network.cni", "cilium"), "ok",
        null, 5_000, 60, null));

    assertThatThrownBy(() -> compared(a, b)).isInstanceOf(WrongInput.class)
        .hasMessage(
            a + ": 1 of its runs are not in " + b + ", such as cilium; run the same points and"
                + " repetitions with the same seed\n" + b + ": 1 of its runs are not in " + a
                + ", such as cilium; run the same points and repetitions with the same seed");
  }

  @Test
  void aTableThatIsMissingIsNamed() throws IOException {
    Path a = written("a", dataset -> {});
    Path b = written("b", dataset -> {});
    Files.delete(b.resolve("links").resolve("0001-of-0001.parquet"));

    assertThatThrownBy(() -> compared(a, b)).isInstanceOf(WrongInput.class)
        .hasMessage(b + ": has no table 'links'; run the scenario again with this version");
  }

  @Test
  void aFolderWithoutResultsIsRefused() {
    Path a = written("a", dataset -> {});
    Path missing = parent.resolve("missing");

    assertThatThrownBy(() -> compared(a, missing)).isInstanceOf(WrongInput.class)
        .hasMessage(missing + ": is no folder; run a scenario first, or name its results");
  }

  private static void flows(Dataset dataset, int percent) {
    for (int flow = 1; flow <= 100; flow++) {
      dataset.write(flow(flow, 1_000, 10L * flow * percent));
    }
    dataset.write(flow(0, 20_000_000, 1_000_000));
  }

  private static FlowRow flow(long flow, long bytes, long tookNs) {
    return new FlowRow(
        1, flow, "blue", "client", "server", bytes, 0, tookNs, null, null, null, null, null, null,
        null);
  }

  private static LinkRow link(long busyNs) {
    return new LinkRow(1, "host0.up", 0, 5_000, 1, busyNs / 5_000.0, 0, 0, 0, 0);
  }

  private Path written(String name, Consumer<Dataset> rows) {
    return dataset(name, dataset -> {
      dataset.write(Rows.run(1));
      rows.accept(dataset);
    });
  }

  private Path runs(String name, RunRow run) {
    return dataset(name, dataset -> dataset.write(run));
  }

  private Path dataset(String name, Consumer<Dataset> rows) {
    Path results = parent.resolve(name);
    Dataset.Origin origin = new Dataset.Origin("experiment: x\n", Map.of(), "0.1.0");
    try (Dataset dataset = Dataset.create(results, false, origin)) {
      rows.accept(dataset);
      dataset.commit();
    }
    return results;
  }

  private static String compared(Path a, Path b) {
    StringBuilder text = new StringBuilder();
    Compare.run(a, b, text);
    return text.toString();
  }

  /** However wide the columns are. */
  private static List<String> lines(Path a, Path b) {
    return compared(a, b).lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
  }
}
