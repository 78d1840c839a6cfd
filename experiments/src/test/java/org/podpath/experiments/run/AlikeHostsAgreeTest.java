package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.results.RunReport;

/**
 * A run in which one host stands for all, beside one in which each is played: a pod of one host has other
 * cores, as good as those that it would get.
 */
class AlikeHostsAgreeTest {
  private static final String SCENARIO =
      """
          experiment: alike
          engine: flow
          cluster: {hosts: 64, cores: 12, gpus: 4, profile: ref, nic: 100Gbps, mtu: 9000, receive: pod-core}
          network: {cni: %s}
          placement: packed
          tenants: {blue: {jobs: [%s]}}
          """;
  private static final String EACH = "cluster.pin={blue-rank-4: {tx: 8, rx: 9}}";
  private static final String EACH_OF_TWO =
      "cluster.pin={blue-rank-4: {tx: 8, rx: 9}, blue-2-rank-4: {tx: 8, rx: 9}}";

  @TempDir
  private Path folder;

  /**
   * Parts of 10 kB are messages, those of 1 MB streams; 256 GPUs on 64 hosts. Every time, and what every
   * core and link did, is the same to the last picosecond, nanosecond and byte.
   */
  @ParameterizedTest
  @CsvSource({"ring, 2560kB, cilium", "ring, 256MB, cilium", "hierarchical, 2560kB, cilium",
      "hierarchical, 256MB, cilium", "hierarchical, 256MB, none"})
  void oneHostStandsForAllOfThemExactly(String algorithm, String bytes, String cni) {
    String job = "all-reduce: {ranks: 256, bytes: " + bytes + ", algorithm: " + algorithm + "}";

    RunResult folded = play(cni, job);
    RunResult each = play(cni, job, EACH);

    assertThat(isFolded(folded)).isTrue();
    assertThat(isFolded(each)).isFalse();
    assertThat(folded.simulatedPs()).isEqualTo(each.simulatedPs()).isPositive();
    assertThat(cpus(folded.report())).isEqualTo(cpus(each.report()));
    assertThat(links(folded.report())).isEqualTo(links(each.report()));
  }

  /** Functions that send at 1 Gb/s hold streams back, and messages of 40 kB wait for tokens. */
  @ParameterizedTest
  @CsvSource({"ring, 10240kB", "ring, 256MB", "hierarchical, 256MB"})
  void limitedFunctionsOfOneHostStandForThoseOfAll(String algorithm, String bytes) {
    String job = "all-reduce: {ranks: 256, bytes: " + bytes + ", algorithm: " + algorithm + "}";
    String limit = "tenants.blue.max-tx-rate=1Gbps";

    RunResult folded = play("sriov", job, limit);
    RunResult each = play("sriov", job, limit, EACH);

    assertThat(isFolded(folded)).isTrue();
    assertThat(isFolded(each)).isFalse();
    assertThat(folded.simulatedPs()).isEqualTo(each.simulatedPs())
        .isGreaterThan(play("sriov", job).simulatedPs());
    assertThat(cpus(folded.report())).isEqualTo(cpus(each.report()));
    assertThat(links(folded.report())).isEqualTo(links(each.report()));
  }

  @Test
  void trainingThatComputesBetweenItsCollectivesIsFoldedAsWell() {
    String job = "train: {ranks: 256, bytes: 25600kB, compute: 3ms, collective: hierarchical,"
        + " steps: 3}";

    RunResult folded = play("cilium", job);

    assertThat(isFolded(folded)).isTrue();
    assertThat(folded.simulatedPs())
        .isEqualTo(play("cilium", job, "cluster.pin={blue-train-4: {tx: 8, rx: 9}}").simulatedPs());
  }

  /**
   * Two jobs of 32 hosts each, which end at different times; each is played by one of its hosts, and
   * nothing on the hosts of one is counted for those of the other.
   */
  @Test
  void jobsOnHostsOfTheirOwnAreFoldedEachByItself() {
    String jobs =
        "all-reduce: {ranks: 128, bytes: 128MB, algorithm: ring}}, {all-reduce: {ranks: 128,"
            + " bytes: 1280kB, algorithm: hierarchical, repeat: 3}";

    RunResult folded = play("cilium", jobs);
    RunResult each = play("cilium", jobs, EACH_OF_TWO);

    assertThat(folded.report().notes()).anyMatch(note -> note.startsWith("32 hosts do the same"));
    assertThat(folded.report().flows()).hasSizeLessThan(each.report().flows().size() / 10);
    assertThat(ends(folded)).isEqualTo(ends(each)).hasSize(4);
    assertThat(cpus(folded.report())).isEqualTo(cpus(each.report()));
    assertThat(links(folded.report())).isEqualTo(links(each.report()));
  }

  /** A job of 60 hosts, and one of 7 ranks on two of the other four, which is played as it is. */
  @Test
  void whatOthersDoOnOtherHostsIsPlayedBesideIt() {
    String jobs = "all-reduce: {ranks: 240, bytes: 24MB, algorithm: ring}},"
        + " {all-reduce: {ranks: 7, bytes: 7MB, algorithm: ring}";

    RunResult folded = play("cilium", jobs);
    RunResult each = play("cilium", jobs, EACH);

    assertThat(folded.report().notes()).anyMatch(note -> note.startsWith("60 hosts do the same"));
    assertThat(ends(folded)).isEqualTo(ends(each)).hasSize(2);
    assertThat(cpus(folded.report())).isEqualTo(cpus(each.report()));
    assertThat(links(folded.report())).isEqualTo(links(each.report()));
  }

  /** The switch that the hosts of a job hang on may be a leaf: nothing of it comes to a spine. */
  @ParameterizedTest
  @CsvSource({"ring, cilium", "hierarchical, none"})
  void jobsBelowOneLeafAreFolded(String algorithm, String cni) {
    String fabric = "cluster.fabric={leaf-spine: {leaves: 2, spines: 2}}";
    String job = "{all-reduce: {ranks: 128, bytes: 12800kB, algorithm: " + algorithm + "}}";
    String jobs = job.substring(1) + ", " + job.substring(0, job.length() - 1);

    RunResult folded = play(cni, jobs, fabric);
    RunResult each = play(cni, jobs, fabric, EACH_OF_TWO);

    assertThat(folded.report().notes()).anyMatch(note -> note.startsWith("32 hosts do the same"));
    assertThat(folded.report().flows()).hasSizeLessThan(each.report().flows().size() / 10);
    assertThat(ends(folded)).isEqualTo(ends(each)).hasSize(2);
    assertThat(cpus(folded.report())).isEqualTo(cpus(each.report()));
    assertThat(links(folded.report())).isEqualTo(links(each.report()));
  }

  /** Hosts at the edge of a leaf send further than the others. */
  @Test
  void jobsOverSeveralLeavesArePlayed() {
    String job = "all-reduce: {ranks: 256, bytes: 2560kB, algorithm: ring}";

    RunResult result = play("cilium", job, "cluster.fabric={leaf-spine: {leaves: 2, spines: 2}}");

    assertThat(result.report().notes()).noneMatch(note -> note.contains("hosts do the same"));
  }

  /** A stream between pods on the first host, which so does more than the others. */
  @Test
  void aHostThatOthersHavePodsOnIsNotLikeTheRest() {
    String jobs = "all-reduce: {ranks: 240, bytes: 24MB, algorithm: ring}},"
        + " {stream: {from: a, to: b, bytes: 1MB}";

    RunResult result = play("cilium", jobs);

    assertThat(result.cluster().orElseThrow().pods())
        .filteredOn(pod -> pod.name().equals("a"))
        .allMatch(pod -> pod.host() < 60)
        .hasSize(1);
    assertThat(result.report().notes()).noneMatch(note -> note.contains("hosts do the same"));
  }

  /** Of 250 GPUs the last host has two; 25 kB are no multiple of 256; the hash chooses a core. */
  @ParameterizedTest
  @CsvSource({"250, 25MB, cluster.receive=pod-core", "256, 25kB, cluster.receive=pod-core",
      "256, 2560kB, cluster.receive=rss"})
  void whatTellsHostsApartHasThemPlayed(int ranks, String bytes, String setting) {
    String job = "all-reduce: {ranks: " + ranks + ", bytes: " + bytes
        + ", algorithm: ring}";

    assertThat(isFolded(play("cilium", job, setting))).isFalse();
  }

  private static boolean isFolded(RunResult result) {
    return result.report()
        .notes()
        .stream()
        .anyMatch(note -> note.startsWith("all hosts do the same"));
  }

  private static List<Long> ends(RunResult result) {
    return result.jobs()
        .stream()
        .flatMap(job -> job.collectives().stream())
        .map(collective -> collective.endPs())
        .toList();
  }

  private static List<String> cpus(RunReport report) {
    return report.cpuTimes()
        .stream()
        .map(
            time -> time.host() + " " + time.component() + " " + time.busyPs() / 1000 + " "
                + time.packets() + " " + time.bytes())
        .sorted()
        .toList();
  }

  private static List<String> links(RunReport report) {
    return report.links()
        .stream()
        .map(use -> use.link().name() + " " + use.sentBytes())
        .sorted()
        .toList();
  }

  private RunResult play(String cni, String job, String... settings) {
    String text = SCENARIO.formatted(cni, "{" + job + "}");
    return Scenarios.play(Scenarios.ofText(folder, text, settings)).getFirst();
  }
}
