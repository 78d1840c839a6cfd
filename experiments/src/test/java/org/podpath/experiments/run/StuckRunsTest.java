package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that cannot end say so, say where, and keep what they have. */
class StuckRunsTest {
  /**
   * The switch drops every packet that TCP without marks sends: RED marks all of them, and drops
   * what cannot be marked. Jobs within a host need no switch.
   */
  private static final String BLACK_HOLE = """
      experiment: lost
      cluster: {hosts: 2, profile: ref, ports: {ecn: {red: {low: 0B, high: 0B}}}}
      network: {cni: host}
      placement: {a: host0, b: host1, c: host0, d: host0}
      tenants:
        blue:
          jobs:
            - stream: {from: a, to: b, bytes: 2MB, flows: 12}
            - stream: {from: c, to: d, bytes: 2MB}
      """;
  /** Each flow crosses two of three links that lead round in one direction. */
  private static final String RING = """
      experiment: ring
      cluster:
        hosts: 3
        nic: 10Gbps
        mtu: 1500
        fabric: {file: ring.yaml}
        ports: {buffer: 1MB, pause: {from: 10kB, to: 5kB}}
      network: {cni: none}
      placement: {a: host0, b: host1, c: host2}
      tenants:
        blue:
          jobs:
            - stream: {from: a, to: c, bytes: 100MB, flows: 4}
            - stream: {from: b, to: a, bytes: 100MB, flows: 4}
            - stream: {from: c, to: b, bytes: 100MB, flows: 4}
      """;
  private static final String RING_DRAWN = """
      switches: {s0: {}, s1: {}, s2: {}}
      links:
        - {from: host0, to: s0}
        - {from: host1, to: s1}
        - {from: host2, to: s2}
        - {from: s0, to: s1, one-way: true}
        - {from: s1, to: s2, one-way: true}
        - {from: s2, to: s0, one-way: true}
      """;

  @TempDir
  private Path folder;

  /** While losses are made good, a receiver tells of little room; its reader tells of more later. */
  @Test
  void manySendersThroughASmallBufferAllArrive() {
    RunResult result = play("""
        experiment: many-to-one
        cluster: {hosts: 17, profile: ref, nic: 10Gbps, mtu: 1500, ports: {buffer: 246080B}}
        network: {cni: cilium}
        tenants: {blue: {jobs: [incast: {senders: 16, bytes: 2MB, rounds: 1}]}}
        """);

    assertThat(result.status()).isEqualTo(RunResult.OK);
    assertThat(result.report().flows()).hasSize(16).allMatch(flow -> flow.complete());
  }

  @Test
  void flowsThatNeverArriveAreListedWithTheLastPlaceThatDroppedThem() {
    RunResult result = play(BLACK_HOLE);

    assertThat(result.status()).isEqualTo(RunResult.STUCK);
    List<String> causes = result.ending().causes();
    assertThat(causes).hasSize(1 + 10 + 1);
    assertThat(causes.getFirst())
        .isEqualTo("1 job was not done when nothing was left to happen");
    assertThat(causes.subList(1, 11)).allMatch(
        line -> line.matches(
            "flow \\d+ \\(a > b\\) has 0 of 2000000 bytes; its last drop was at host1.down;"
                + " its sender has given up"));
    assertThat(causes.getLast()).isEqualTo("… and 2 more flows");
  }

  /** The stream within the host has all its bytes, the twelve others none. */
  @Test
  void aStuckRunKeepsWhatItHas() {
    RunResult result = play(BLACK_HOLE);

    assertThat(result.report().flows()).hasSize(13);
    assertThat(result.report().flows()).filteredOn(flow -> flow.complete())
        .singleElement()
        .matches(flow -> flow.deliveredBytes() == 2_000_000);
    assertThat(Outcome.of(List.of(result))).extracting(Outcome::metric)
        .contains(Metric.THROUGHPUT);
  }

  @Test
  void aRunThatTimeEndsIsNotStuck() {
    RunResult result = play(BLACK_HOLE + "duration: 100ms\n");

    assertThat(result.status()).isEqualTo(RunResult.OK);
    assertThat(result.ending().notes()).singleElement()
        .isEqualTo(
            "nothing of 12 flows has arrived and frames were dropped: flow 0 (a > b) has 0 of 2000000"
                + " bytes; its last drop was at host1.down …");
  }

  /** Each frame of the three flows that cannot go on waits at one of these. */
  @ParameterizedTest
  @CsvSource({"none, roce", "none, cubic", "cilium, cubic"})
  void flowsThatWaitForEachOtherAreToldWithWhereTheirFramesWait(String cni, String transport) {
    RunResult result =
        play(RING.replace("{cni: none}", "{cni: " + cni + ", transport: " + transport + "}")
            .replace("pause: {from: 10kB, to: 5kB}", "pause: {from: 20kB, to: 10kB}"));

    assertThat(result.status()).isEqualTo(RunResult.STUCK);
    assertThat(result.ending().causes().subList(2, 5)).allMatch(
        line -> line.matches(
            "flow \\d+ \\(. > .\\) has \\d+ of 100000000 bytes; no frame of it was dropped; ("
                + "of its frames \\d+ wait at (host|s)\\d[.](up|s\\d).*"
                + "|it waits for its turn at host\\d[.]up)"));
    assertThat(result.report().flows()).hasSize(12);
  }

  /** What lost all of its frames on hosts with a kernel is told like what did on free hosts. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "cilium"})
  void whereEveryFrameIsLostFlowsSayWhere(String cni) {
    RunResult result = play("""
        experiment: lost
        cluster: {hosts: 2, profile: ref, mtu: 1500, ports: {ecn: {random: 1}}}
        network: {cni: %s}
        duration: 10s
        tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 2MB}]}}
        """.formatted(cni));

    assertThat(result.status()).isEqualTo(RunResult.STUCK);
    assertThat(result.ending().causes()).containsExactly(
        "flow 0 (a > b) has 0 of 2000000 bytes; its last drop was at host1.down; its sender has"
            + " waited in vain 3 times");
    assertThat(result.report().flows()).hasSize(1);
  }

  /** The second connection finds the table of its host full, and its first packet is dropped there. */
  @Test
  void connectionsThatFindNoPlaceAreToldWithTheirTable() {
    RunResult result = play("""
        experiment: full
        cluster: {hosts: 2, profile: ref}
        network: {cni: calico-iptables, conntrack: {max: 1}}
        placement: {a: host0, b: host1}
        duration: 10s
        tenants: {blue: {jobs: [request-response: {from: a, to: b, count: 5, connect: true}]}}
        """);

    assertThat(result.status()).isEqualTo(RunResult.STUCK);
    assertThat(result.ending().causes()).singleElement()
        .asString()
        .startsWith("flow 2 (a > b) has 0 of 1 bytes; no frame of it was dropped; its sender has"
            + " waited in vain");
    assertThat(result.ending().notes()).anyMatch(note -> note.contains("conntrack"));
  }

  /** Before a round trip is known a sender waits 1, 2 and 4 s (RFC 6298): after 7 s it is suspected. */
  @Test
  void flowsThatSendInVainAreNamedAlsoWhereTimeEndsTheRun() {
    assertThat(play(BLACK_HOLE + "duration: 6s\n").status()).isEqualTo(RunResult.OK);

    RunResult result = play(BLACK_HOLE + "duration: 8s\n");

    assertThat(result.status()).isEqualTo(RunResult.STUCK);
    assertThat(result.ending().causes()).hasSize(10 + 1);
    assertThat(result.ending().causes().getFirst())
        .matches(
            "flow \\d+ \\(a > b\\) has 0 of 2000000 bytes; its last drop was at host1.down;"
                + " its sender has waited in vain 3 times");
    assertThat(result.report().flows()).hasSize(13);
  }

  @Test
  void portsThatWaitForEachOtherStopTheRunAndAreNamed() {
    RunResult result = play(RING);

    assertThat(result.status()).isEqualTo(RunResult.STUCK);
    assertThat(result.ending().causes().getFirst()).isIn(
        "ports wait for each other: s0.s1 > s1.s2 > s2.s0 > s0.s1",
        "ports wait for each other: s1.s2 > s2.s0 > s0.s1 > s1.s2",
        "ports wait for each other: s2.s0 > s0.s1 > s1.s2 > s2.s0");
    assertThat(result.ending().causes().get(1)).isEqualTo("3 jobs were not done");
    assertThat(result.ending().causes().get(2))
        .matches("flow 0 \\(a > c\\) has \\d+ of 100000000 bytes;"
            + " no frame of it was dropped; of its frames .*");
  }

  @Test
  void portsThatWaitForEachOtherAreNamedAlsoWhereTimeEndsTheRun() {
    assertThat(play(RING + "duration: 1s\n").status()).isEqualTo(RunResult.STUCK);
  }

  private RunResult play(String text) {
    try {
      Files.writeString(folder.resolve("ring.yaml"), RING_DRAWN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
  }
}
