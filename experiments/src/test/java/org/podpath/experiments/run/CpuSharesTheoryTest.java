package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads of two pods on one CPU, in the flow engine. */
class CpuSharesTheoryTest {
  private static final String SCENARIO = """
      experiment: shares
      engine: flow
      cluster: {hosts: 2, cores: 8, profile: ref, nic: 400Gbps, mtu: 9000, receive: pod-core,
        pin: {a: {tx: 0, rx: 1}, c: {tx: 0, rx: 2}}}
      network: {cni: flannel}
      placement: {a: host0, b: host1, c: host0, d: host1}
      tenants:
        blue: {jobs: [%s]}
        red: {%s jobs: [%s]}
      """;

  /** A super-packet and its frames, and a datagram of 1,184 B, at the sender: see QuotaTheoryTest. */
  private static final double STREAM_NS_PER_BYTE =
      0.114 + (700 + 1100 + 3560 + 80) / 65_536.0 + 60 / 8898.0;
  private static final double DATAGRAM_NS = 1070 + 1184 * 0.044 + 3560 + 80;

  private static final String STREAM = "{stream: {from: a, to: b, duration: 50ms}}";

  @TempDir
  private Path folder;

  /**
   * A byte of a flood is ten times as dear as one of a stream: both get the same time, not bytes. The
   * form of the stream leaves cold cores out.
   */
  @Test
  void eachPodGetsTheSameTime() {
    RunResult result =
        play(STREAM, "", "{datagrams: {from: c, to: d, size: 1184B, duration: 50ms}}");

    double streamRatio = streamRatio(result);
    double floodRatio = value(result, Metric.SENT, "red/0") * DATAGRAM_NS / 1e9;
    assertThat(streamRatio).isCloseTo(floodRatio, within(0.025));
    assertThat(blueRatio(result) + floodRatio).isCloseTo(1, within(0.01));
  }

  /** Pods are weighed, not connections: one beside four gets half. */
  @Test
  void connectionsOfAPodShareWhatItGets() {
    RunResult result =
        play(STREAM, "", "{stream: {from: c, to: d, flows: 4, duration: 50ms}}");

    assertThat(value(result, Metric.THROUGHPUT, "red/0"))
        .isCloseTo(value(result, Metric.THROUGHPUT, "blue/0"), within(0.1));
  }

  /** 80,000 datagrams of 4.76 µs a second are 0.38 of the core; the stream goes as if alone, which is all. */
  @Test
  void whatOnePodDoesNotNeedGoesToTheOther() {
    RunResult result =
        play(STREAM, "", "{datagrams: {from: c, to: d, size: 1184B, packets: 80000/s,"
            + " duration: 50ms}}");

    double floodRatio = 80_000 * DATAGRAM_NS / 1e9;
    assertThat(value(result, Metric.SENT, "red/0")).isCloseTo(80_000, within(100.0));
    assertThat(blueRatio(result)).isCloseTo(1 - floodRatio, within(0.03));
  }

  /** A quota of a tenth of the core is less than its half: the stream goes as if alone. */
  @Test
  void aQuotaLeavesTheRestToTheOther() {
    RunResult result =
        play(STREAM, "quota: 0.1,", "{datagrams: {from: c, to: d, size: 1184B, duration: 50ms}}");

    double alone = value(result, Metric.THROUGHPUT, "blue/0", true);
    assertThat(value(result, Metric.SENT, "red/0"))
        .isCloseTo(0.1e9 / DATAGRAM_NS, within(0.002e9 / DATAGRAM_NS));
    assertThat(value(result, Metric.THROUGHPUT, "blue/0")).isCloseTo(alone, within(0.01 * alone));
  }

  private double streamRatio(RunResult result) {
    return value(result, Metric.THROUGHPUT, "blue/0") / 8 * STREAM_NS_PER_BYTE;
  }

  /** What tenant blue had of the sending core, acknowledgements and interrupts included. */
  private static double blueRatio(RunResult result) {
    return result.report()
        .cpuTimes()
        .stream()
        .filter(time -> time.host() == 0 && time.cpu() == 0 && time.tenant() == 0)
        .mapToDouble(time -> (double) time.busyPs() / result.simulatedPs())
        .sum();
  }

  private RunResult play(String blue, String quota, String red) {
    String text = SCENARIO.formatted(blue, quota, red);
    results = Scenarios.play(Scenarios.ofText(folder, text));
    assertThat(results.getFirst().status()).isEqualTo(RunResult.OK);
    return results.getFirst();
  }

  private List<RunResult> results = List.of();

  private double value(RunResult result, Metric metric, String job) {
    return value(result, metric, job, false);
  }

  private double value(RunResult result, Metric metric, String job, boolean alone) {
    return Outcome.of(alone ? results : List.of(result))
        .stream()
        .filter(o -> o.metric() == metric && o.job().equals(job) && o.alone() == alone)
        .findFirst()
        .orElseThrow()
        .median();
  }
}
