package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of connections costs by its length, and drops what it cannot hold. */
class ConntrackTest {
  private static final String HEAD = "experiment: x\ncluster: {hosts: 2, receive: pod-core}\n";

  @TempDir
  private Path folder;

  /** Ten connections: the table of each host has room for six beside those of others. */
  @Test
  void aConnectionThatFindsTheTableFullIsNotOpened() {
    RunResult result = connects("flannel", "max: 100, entries: 94", "duration=10s");

    assertThat(count(result)).isEqualTo(6);
    // the SYN of the seventh leaves again after 1, 3 and 7 s
    assertThat(result.message().orElseThrow())
        .contains("host0: first packets of new connections found its conntrack table full 4 times;"
            + " it takes 100");
  }

  @Test
  void aTableThatIsFullOfOthersConnectionsEndsTheRun() {
    RunResult result = connects("flannel", "max: 100, entries: 100", "repeat=1");

    assertThat(result.status()).isEqualTo(RunResult.STUCK);
    // Linux gives up after the first SYN and six more
    assertThat(result.message().orElseThrow()).contains("conntrack table full 7 times");
  }

  /** Programs have maps of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"cilium", "calico-ebpf", "sriov"})
  void networksThatPassNetfilterByHaveNoSuchTable(String cni) {
    assertThat(count(connects(cni, "max: 100, entries: 100", "repeat=1"))).isEqualTo(10);
  }

  @Test
  void theFlowEngineSaysThatItLetsThemThrough() {
    RunResult result = connects("flannel", "max: 100, entries: 94", "engine=flow");

    assertThat(result.status()).isEqualTo(RunResult.OUTSIDE_VALIDITY);
    assertThat(result.message().orElseThrow())
        .contains("conntrack table full 4 times; it takes 100; the flow engine lets them through");
  }

  /**
   * Chains of two hundred connections: 30 ns for half of them, 3 µs in each of the four passes of a
   * transaction, cold as the cores are: × 1.2.
   */
  @Test
  void longChainsDelayEveryPacket() {
    double plainUs = transactionUs("entries: 0");
    double chainsUs = transactionUs("entries: 262144, buckets: 1311");

    assertThat(chainsUs - plainUs).isCloseTo(4 * 1.2 * 262_144 / 1_311 * 0.015, within(0.5));
  }

  private double transactionUs(String conntrack) {
    String text = HEAD + "network: {cni: flannel, conntrack: {" + conntrack + "}}\n"
        + "tenants: {blue: {jobs: [request-response: {from: a, to: b, count: 10}]}}\n";
    List<Outcome> outcomes = Scenarios.outcomes(Scenarios.ofText(folder, text));
    return Scenarios.value(outcomes, Metric.TRANSACTION);
  }

  private RunResult connects(String cni, String conntrack, String override) {
    String text = HEAD + "network: {cni: " + cni + ", conntrack: {" + conntrack + "}}\n"
        + "tenants: {blue: {jobs: [request-response: {from: a, to: b, count: 10, connect: true}]}}\n";
    return Scenarios.play(Scenarios.ofText(folder, text, override)).getFirst();
  }

  private static long count(RunResult result) {
    return result.report().flows().stream().filter(f -> f.complete() && f.flow().reverse()).count();
  }
}
