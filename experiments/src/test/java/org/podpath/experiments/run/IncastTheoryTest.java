package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.RunReport.Latency;

/** Many senders to one receiver, against what its link and the switch's buffer allow. */
class IncastTheoryTest {
  private static final String SCENARIO = """
      experiment: many-to-one
      cluster: {hosts: 17, profile: ref, nic: 10Gbps, mtu: 1500, ports: {buffer: 246080B}}
      network: {cni: none, transport: cubic}
      tenants: {blue: {jobs: [incast: {senders: 16, bytes: 14480B, rounds: 3}]}}
      """;

  @TempDir
  private Path folder;

  /**
   * 10 segments of 1,448 bytes, 1,538 on the wire, from each of 16 senders arrive together and
   * leave one after the other: 160 · 1,538 B · 0.8 ns. The buffer holds all 160. Before that come
   * 1.2304 µs for the first on its first link, 250 ns twice and 500 ns in the switch.
   */
  @Test
  void aRoundWhoseInitialWindowsFitTheBufferTakesTheTimeOfTheReceiversLink() {
    RunResult result = play(SCENARIO);
    long roundPs = 160 * 1_230_400L + 1_230_400 + 2 * 250_000 + 500_000;

    assertThat(result.simulatedPs()).isEqualTo(3 * roundPs);
    assertThat(Scenarios.value(Outcome.of(List.of(result)), Metric.GOODPUT))
        .isEqualTo(3 * 16 * 14_480 * 8e3 / (3 * roundPs), within(1e-9));
  }

  /** One frame less of room: a frame is dropped, and the least timeout of 200 ms passes. */
  @Test
  void aRoundThatOverflowsTheBufferWaitsForATimeout() {
    RunResult result = play(SCENARIO.replace("246080B", "200kB").replace("rounds: 3", "rounds: 1"));

    assertThat(result.simulatedPs()).isGreaterThan(200_000_000_000L);
    assertThat(
        result.report().flows().stream().mapToLong(f -> f.retransmissions().orElseThrow()).sum())
            .isPositive();
  }

  @Test
  void pausesLoseNothingWhereTheBufferOverflows() {
    String text =
        SCENARIO.replace("buffer: 246080B",
            "buffer: 100kB, pause: {from: 10kB, to: 8kB}, ecn: {red: {low: 5kB, high: 90kB, most:"
                + " 0.01}}")
            .replace("cubic", "roce");
    RunResult result = play(text);

    assertThat(result.report().links()).allMatch(link -> link.droppedFrames() == 0);
    assertThat(result.simulatedPs()).isLessThan(2_000_000_000L);
  }

  @Test
  void everyRoundIsTimedAndEveryFlowOfIt() {
    RunResult result = play(SCENARIO);

    assertThat(result.report().flows()).hasSize(48)
        .allMatch(FinishedFlow::complete)
        .allMatch(flow -> flow.deliveredBytes() == 14_480);
    assertThat(latency(result, "flow_completion").ns().getTotalCount()).isEqualTo(48);
    assertThat(latency(result, "round").ns().getTotalCount()).isEqualTo(3);
    assertThat(latency(result, "round").ns().getMaxValue())
        .isEqualTo(latency(result, "flow_completion").ns().getMaxValue());
  }

  /** 10,000 flows have 100 beyond the 99th percentile, 9,999 have not. */
  @ParameterizedTest
  @CsvSource({"10000, true", "9999, false"})
  void theTailIsPrintedWhereThereAreEnoughFlows(int rounds, boolean printed) {
    RunResult result =
        play(SCENARIO.replace("senders: 16, bytes: 14480B, rounds: 3",
            "senders: 1, bytes: 1B, rounds: " + rounds));

    assertThat(Outcome.of(List.of(result)).stream().anyMatch(o -> o.metric() == Metric.FLOW_P99))
        .isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({"packet, cilium", "flow, cilium", "flow, none"})
  void itRunsOnHostsAndOnBothEngines(String engine, String cni) {
    RunResult result =
        play(
            SCENARIO.replace("cni: none", "cni: " + cni).replace("14480B", "200kB")
                + "engine: " + engine + "\n");

    // 1,448 of 1,538 bytes of the receiver's 10 Gb/s are 2.72 ms for 3.2 MB; the flow engine lets
    // the last segments of 16 flows go side by side, 15 · 1.2 µs less
    assertThat(Scenarios.value(Outcome.of(List.of(result)), Metric.GOODPUT)).isBetween(0.1, 9.48);
  }

  /** All messages are there at once, their frames take turns, and the last of all is exact. */
  @ParameterizedTest
  @CsvSource({"none, 0.02", "cilium, 0.15"})
  void messagesWaitForEachOtherInBothEngines(String cni, double tolerance) {
    String text =
        SCENARIO.replace("cni: none", "cni: " + cni)
            .replace("14480B", "8KiB")
            .replace("mtu: 1500",
                "mtu: 9000");
    double playedPs = longestPs(play(text));

    assertThat(longestPs(play(text + "engine: flow\n")))
        .isCloseTo(playedPs, within(tolerance * playedPs));
  }

  private static double longestPs(RunResult result) {
    return result.report()
        .flows()
        .stream()
        .mapToLong(flow -> flow.endPs() - flow.startPs())
        .max()
        .orElseThrow();
  }

  /** 15 messages of 15,380 bytes are before the last: 230,700 bytes. */
  @ParameterizedTest
  @CsvSource({"230kB, outside validity", "231kB, ok"})
  void messagesThatABufferDoesNotHoldAreOutsideTheFlowEngine(String buffer, String status) {
    String text = SCENARIO.replace("246080B", buffer) + "engine: flow\n";

    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();

    assertThat(result.status()).isEqualTo(status);
  }

  private static Latency latency(RunResult result, String metric) {
    return result.report()
        .latencies()
        .stream()
        .filter(latency -> latency.key().metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  private RunResult play(String text) {
    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
    assertThat(result.status()).as(result.message().orElse("")).isEqualTo(RunResult.OK);
    return result;
  }
}
