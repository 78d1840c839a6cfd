package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the flow engine, which knows no losses, says so: in the run's status and its message. */
class LossesOutsideValidityTest {
  private static final String SCENARIO = """
      experiment: x
      engine: flow
      cluster: {hosts: 3, mtu: 1500, nic: 10Gbps, %1$s}
      network: {cni: none, transport: %2$s}
      placement: {a: host0, b: host1, c: host2}
      tenants:
        blue:
          jobs:
            - %3$s: {from: a, to: b, %4$s}
            - %3$s: {from: c, to: b, %4$s}
      """;
  @TempDir
  private Path folder;

  /**
   * Four segments of 128 streams are 780 kB, and the port has 30 kB of buffer and some 10 kB of pipe. A
   * window of 1.25 MB on its way over 1 Gb/s and 40 ms asks for 0.43 of itself of the buffer. RED that drops
   * from 0 bytes on lets nothing pass.
   */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "ports: {ecn: {random: 0.01}} | cubic | stream | bytes: 10MB | links lose frames at random",
      "ports: {ecn: {random: 0.5}} | cubic | datagrams | size: 1kB, rate: 1Gbps, duration: 1ms"
          + " | links lose frames at random",
      "ports: {ecn: {red: {low: 0B, high: 0B}}} | cubic | stream | bytes: 10MB | without room",
      "ports: {buffer: 30kB} | cubic | stream | bytes: 1MB, flows: 64 | without room for 4 segments",
      "fabric: {two-sites: {wan: 1Gbps, wan-delay: 20ms}}, ports: {buffer: 20kB} | cubic | stream"
          + " | bytes: 30MB | less buffer than keeps it busy"})
  void isSaid(String cluster, String transport, String job, String more, String why) {
    RunResult result = play(cluster, transport, job, more);

    assertThat(result.status()).isEqualTo(RunResult.OUTSIDE_VALIDITY);
    assertThat(result.message().orElseThrow()).contains(why).contains("write engine: packet");
  }

  /** Four windows with room to recover; marks instead of losses; a pause instead of either; 60 kB for four. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "ports: {buffer: 3MB} | cubic | stream | bytes: 30MB, flows: 2",
      "ports: {ecn: {random: 0.01}} | dctcp | stream | bytes: 10MB",
      "ports: {buffer: 30kB, pause: {from: 20kB, to: 15kB}} | roce | stream | bytes: 10MB, flows: 16",
      "ports: {buffer: 60kB} | cubic | stream | bytes: 10MB, flows: 2"})
  void isNotSaidOfOthers(String cluster, String transport, String job, String more) {
    assertThat(play(cluster, transport, job, more).status()).isEqualTo(RunResult.OK);
  }

  private RunResult play(Object... words) {
    String text = SCENARIO.formatted(words);
    return Scenarios.play(Scenarios.ofText(folder, text))
        .stream()
        .filter(result -> result.run().alone().isEmpty())
        .findFirst()
        .orElseThrow();
  }
}
