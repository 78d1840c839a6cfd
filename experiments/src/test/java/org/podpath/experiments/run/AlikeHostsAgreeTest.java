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
 * A run in which one host stands for all, beside one in which each is played: hosts on one leaf of a
 * fabric are as far from each other as hosts on a switch, but an engine that looks sees two switches.
 */
class AlikeHostsAgreeTest {
  private static final String SCENARIO =
      """
          experiment: alike
          engine: flow
          cluster: {hosts: 64, cores: 8, gpus: 4, profile: ref, nic: 100Gbps, mtu: 9000, receive: pod-core}
          network: {cni: %s}
          placement: packed
          tenants: {blue: {jobs: [%s]}}
          """;
  private static final String EACH = "cluster.fabric={leaf-spine: {leaves: 1, spines: 1}}";

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

  @Test
  void trainingThatComputesBetweenItsCollectivesIsFoldedAsWell() {
    String job = "train: {ranks: 256, bytes: 25600kB, compute: 3ms, collective: hierarchical,"
        + " steps: 3}";

    RunResult folded = play("cilium", job);

    assertThat(isFolded(folded)).isTrue();
    assertThat(folded.simulatedPs()).isEqualTo(play("cilium", job, EACH).simulatedPs());
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
    RunResult each = play("cilium", jobs, EACH);

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
            time -> time.host() + " " + time.cpu() + " " + time.component() + " "
                + time.busyPs() / 1000 + " " + time.packets() + " " + time.bytes())
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
