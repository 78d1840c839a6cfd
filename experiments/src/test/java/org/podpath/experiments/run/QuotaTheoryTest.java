package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pods do within a quota of CPU time. */
class QuotaTheoryTest {
  private static final String SCENARIO = """
      experiment: quota
      engine: flow
      cluster: {hosts: 2, cores: 8, profile: ref, nic: 100Gbps, mtu: 9000, receive: pod-core}
      network: {cni: flannel}
      placement: {a: host0, b: %s, c: host0, d: host1}
      tenants:
        blue: {quota: %s, jobs: [%s]}
        red: {jobs: [{stream: {from: c, to: d, bytes: 100MB}}]}
      """;

  @TempDir
  private Path folder;

  /**
   * The sender's thread needs 700 + 1100 + 3560 (Flannel) + 350 ns and 0.11 ns/B for 65,536 B, and 60
   * ns for each frame of 8,898 B; the receiver's less. What it may use, it does. Super-packets that find the
   * core cold take up to 5 % more.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.2, 0.4})
  void aStreamGoesAsFastAsTheQuotaOfItsSenderAllows(double cores) {
    String stream = "{stream: {from: a, to: b, bytes: 100MB}}";

    double sendNsPerByte = 0.11 + (700 + 1100 + 3560 + 350) / 65_536.0 + 60 / 8898.0;
    assertThat(value(Metric.THROUGHPUT, "host1", cores, stream))
        .isBetween(0.95 * 8 * cores / sendNsPerByte, 8.0 * cores / sendNsPerByte);
  }

  /** The other tenant has no quota and other cores. */
  @Test
  void aQuotaIsThatOfItsTenant() {
    String stream = "{stream: {from: a, to: b, bytes: 100MB}}";

    assertThat(other(play("host1", 0.1, stream))).isEqualTo(other(play("host1", 1000, stream)));
  }

  /** 800 ns for the call, 40 ps/B for the copy, Flannel's 3,560 and 350 for the driver. */
  @Test
  void aFloodGoesAsFastAsTheQuotaOfItsSenderAllows() {
    String flood = "{datagrams: {from: a, to: b, size: 1184B, duration: 20ms}}";

    double sendNs = 800 + 1184 * 0.04 + 3560 + 350;
    assertThat(value(Metric.SENT, "host1", 0.25, flood))
        .isCloseTo(0.25e9 / sendNs, within(0.002e9 / sendNs));
  }

  /**
   * Within a host all of a transaction is done by threads, half of it by either pod. In a period of 100
   * ms each may run for 10 ms, so 100,000 transactions take 100,000 · (their time / 2) / 0.1, but for
   * the rest of the last period; and most of them never meet the end of one.
   */
  @Test
  void messagesWaitForTheNextPeriodWhenTheQuotaIsUsedUp() {
    String loop = "{request-response: {from: a, to: b, bytes: 1B, count: 100000}}";
    RunResult result = play("host0", 0.1, loop);

    double transactionUs = value(result, Metric.TRANSACTION);
    assertThat(transactionUs)
        .isEqualTo(value(play("host0", 1000, loop), Metric.TRANSACTION), within(0.01));
    assertThat(result.simulatedPs() / 1e12)
        .isCloseTo(100_000 * transactionUs / 1e6 / 2 / 0.1, within(0.1));
  }

  private double value(Metric metric, String where, double cores, String job) {
    return value(play(where, cores, job), metric);
  }

  private static double value(RunResult result, Metric metric) {
    return outcome(result, metric, "blue/0");
  }

  private static double other(RunResult result) {
    return outcome(result, Metric.THROUGHPUT, "red/0");
  }

  private static double outcome(RunResult result, Metric metric, String job) {
    return Outcome.of(List.of(result))
        .stream()
        .filter(outcome -> outcome.metric() == metric && outcome.job().equals(job))
        .findFirst()
        .orElseThrow()
        .median();
  }

  private RunResult play(String where, double cores, String job) {
    String text = SCENARIO.formatted(where, cores, job);
    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
    assertThat(result.status()).as(result.message().orElse("")).isEqualTo(RunResult.OK);
    return result;
  }
}
