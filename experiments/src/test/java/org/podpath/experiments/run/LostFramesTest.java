package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TCP through hosts whose links lose frames of data and acknowledgements alike. */
class LostFramesTest {
  private static final String SCENARIO = """
      experiment: x
      seed: %d
      cluster: {hosts: 2, mtu: 1500, ports: {ecn: {random: %s}}}
      network: {cni: %s}
      placement: {a: host0, b: host1}
      tenants:
        blue:
          jobs:
            - stream: {from: a, to: b, bytes: 1MB}
            - request-response: {from: a, to: b, bytes: 20kB, count: 30}
            - stream: {from: b, to: a, bytes: 300kB}
      """;
  @TempDir
  private Path folder;

  /**
   * Of 2.2 MB in segments of 1,350 to 1,448 bytes 1 to 5 % are lost, 16 to 80, and so are answers. What is
   * sent again is not much more: at most four segments for each that is lost, where time-outs begin anew.
   */
  @ParameterizedTest
  @CsvSource({
      "1, 0.01, flannel", "2, 0.02, flannel", "3, 0.05, flannel", "1, 0.05, cilium",
      "2, 0.02, cilium", "3, 0.05, sriov", "4, 0.02, sriov", "1, 0.02, kube-router",
      "2, 0.05, ovn-kubernetes", "3, 0.02, calico-ebpf"})
  void everyByteArrives(int seed, double lost, String cni) {
    RunResult result =
        Scenarios.play(Scenarios.ofText(folder, SCENARIO.formatted(seed, lost, cni)))
            .stream()
            .filter(played -> played.run().alone().isEmpty())
            .findFirst()
            .orElseThrow();

    assertThat(result.message()).isEmpty();
    assertThat(result.report().flows())
        .hasSize(62)
        .allMatch(flow -> flow.deliveredBytes() == flow.flow().bytes());
    assertThat(
        result.report()
            .flows()
            .stream()
            .mapToLong(flow -> flow.retransmissions().orElse(0))
            .sum())
                .isPositive()
                .isLessThan(Math.round(4 * lost * 1800));
  }
}
