package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.results.LinkUse;

/** Where switches pause, nothing is lost between hosts that take their time either. */
class LosslessHostsTest {
  private static final String SCENARIO = """
      experiment: lossless
      cluster:
        {hosts: 9, cores: 8, nic: 25Gbps, mtu: 1500, ports: {pause: {from: 40kB, to: 37kB}},
         fabric: {leaf-spine: {leaves: 3, spines: 2, hosts-per-leaf: 3, uplink: 100Gbps}}}
      network: {cni: %s, transport: %s}
      placement: spread
      tenants: {blue: {jobs: [incast: {senders: 8, bytes: 2MB, rounds: 2}]}}
      """;

  @TempDir
  private Path folder;

  /** Windows of 1.25 MB from eight senders; what a card delays by 1 µs comes as well after a pause. */
  @ParameterizedTest
  @CsvSource({"host, cubic", "cilium, cubic", "sriov, roce", "ovs-dpdk, cubic", "none, cubic"})
  void anIncastIsPausedAndLosesNothing(String cni, String transport) {
    RunResult result =
        Scenarios.play(Scenarios.ofText(folder, SCENARIO.formatted(cni, transport))).getFirst();

    List<LinkUse> links = List.copyOf(result.report().links());
    assertThat(result.status()).isEqualTo(RunResult.OK);
    assertThat(links).allMatch(link -> link.droppedFrames() == 0);
    assertThat(links.stream().mapToLong(LinkUse::pausedPs).sum()).isPositive();
  }
}
