package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.tables.FlowRow;
import org.podpath.experiments.tables.HostCpuRow;
import org.podpath.experiments.tables.LinkRow;

/** What links and cores did, window by window. */
class WindowsTest {
  /** A stream of 10 MB takes some 9 ms, so there are whole windows and a last, shorter one. */
  private static final String SCENARIO = """
      experiment: windows
      cluster: {hosts: 2, profile: ref, nic: 10Gbps, mtu: 1500}
      network: {cni: cilium}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 10MB}]}}
      """;

  private static final String IN_WINDOWS = SCENARIO + "window: 2ms\n";

  @TempDir
  private Path folder;

  @Test
  void windowsFollowEachOtherAndTheLastEndsWithTheRun() {
    List<LinkRow> rows =
        rows(IN_WINDOWS, LinkRow.class).stream()
            .filter(row -> row.link().equals("host0.up"))
            .toList();

    assertThat(rows).hasSizeGreaterThan(3);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).windowStartNs()).isEqualTo(2_000_000L * i);
    }
    assertThat(rows.subList(0, rows.size() - 1)).extracting(LinkRow::windowNs)
        .containsOnly(2_000_000L);
    FlowRow flow = rows(IN_WINDOWS, FlowRow.class).getFirst();
    HostCpuRow last = rows(IN_WINDOWS, HostCpuRow.class).getLast(); // the reader's
    assertThat(last.windowStartNs() + last.windowNs()).isEqualTo(flow.fctNs());
  }

  /** Nothing is counted twice or lost, and looking does not change what happens. */
  @Test
  void windowsOfLinksAddUpToTheRun() {
    assertThat(sums(IN_WINDOWS)).isEqualTo(sums(SCENARIO));
  }

  private TreeMap<String, List<Long>> sums(String text) {
    return rows(text, LinkRow.class).stream()
        .collect(
            Collectors.toMap(
                LinkRow::link,
                row -> List.of(row.txBytes(), row.drops(), row.ecnMarks()),
                (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1), a.get(2) + b.get(2)),
                TreeMap::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void windowsOfCoresAddUpToTheRun(String engine) {
    String chosen = "engine: " + engine + "\n";

    TreeMap<String, Long> windows = busyNs(IN_WINDOWS + chosen);
    TreeMap<String, Long> whole = busyNs(SCENARIO + chosen);

    assertThat(windows.keySet()).isEqualTo(whole.keySet());
    // each row is rounded to nanoseconds, and there are some ten windows
    whole.forEach(
        (core, busyNs) -> assertThat(windows.get(core)).isBetween(busyNs - 10, busyNs + 10));
  }

  private TreeMap<String, Long> busyNs(String text) {
    return rows(text, HostCpuRow.class).stream()
        .collect(
            Collectors.toMap(
                row -> row.host() + "/" + row.core() + "/" + row.component(),
                HostCpuRow::busyNs,
                Long::sum,
                TreeMap::new));
  }

  /** A steady stream keeps the link about as busy in each whole window after the first. */
  @Test
  void utilisationIsThatOfTheWindow() {
    List<LinkRow> rows =
        rows(IN_WINDOWS, LinkRow.class).stream()
            .filter(row -> row.link().equals("host0.up") && row.windowNs() == 2_000_000)
            .toList();

    assertThat(rows.subList(1, rows.size()))
        .allSatisfy(
            row -> assertThat(row.utilisationRatio())
                .isEqualTo(row.txBytes() * 0.8 / 2_000_000,
                    org.assertj.core.data.Offset.offset(1e-9))
                .isGreaterThan(0.8));
  }

  private <R extends Record> List<R> rows(String text, Class<R> kind) {
    Experiment experiment = Scenarios.ofText(folder, text);
    RunResult result = Scenarios.play(experiment).getFirst();
    List<Record> rows = new ArrayList<>();
    new RunRows(experiment, ThisProgram.here()).of(result, List.of(), rows::add);
    return rows.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
