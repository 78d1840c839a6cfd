package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both engines on what shares virtual functions of a limited rate. */
class RateLimitEnginesAgreeTest {
  private static final String SCENARIO = """
      experiment: limit
      cluster: {hosts: 3, cores: 8, profile: %s, nic: 10Gbps, mtu: %s, receive: %s}
      network: {cni: sriov}
      placement: {a: host0, b: host1, c: host0, d: host1, e: host2}
      tenants:
        blue: {max-tx-rate: %s, jobs: [%s]}
        red: {jobs: [{request-response: {from: c, to: d, bytes: 1KiB, count: 100}}]}
      """;

  private static final String BOTH = """
      {stream: {from: a, to: b, bytes: 40MB}}, {stream: {from: a, to: e, bytes: 40MB, flows: 2}}""";

  private static final String BESIDE = """
      {stream: {from: a, to: b, duration: 400ms}}, {request-response: {from: a, to: e, bytes: %s,
        count: 400}}""";

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({
      "ref, 9000, rss, 3Gbps", "ref, 1500, pod-core, 2Gbps", "seed10g, 9000, pod-core, 3Gbps",
      "seed10g, 1500, rss, 1Gbps", "seed10g, 9000, rss, 9Gbps"
  })
  void streamsOfOneFunction(String profile, String mtu, String receive, String rate) {
    bothSay(Metric.THROUGHPUT, 0.05, profile, mtu, receive, rate, BOTH);
  }

  /** Two functions of 6 Gb/s on a card of 10. */
  @ParameterizedTest
  @CsvSource({"ref, rss, 3Gbps", "ref, pod-core, 6Gbps", "seed10g, pod-core, 3Gbps"})
  void twoFunctionsOfOneHost(String profile, String receive, String rate) {
    bothSay(
        Metric.THROUGHPUT, 0.05, profile, "9000", receive, rate,
        "{stream: {from: a, to: b, bytes: 50MB}}, {stream: {from: f, to: e, bytes: 50MB}}");
  }

  /** Requests wait for what is left of a super-packet of their function's stream, and for tokens. */
  @ParameterizedTest
  @CsvSource({
      "ref, rss, 2Gbps, 1KiB", "ref, pod-core, 4Gbps, 1KiB", "ref, pod-core, 1Gbps, 64KiB",
      "seed10g, pod-core, 2Gbps, 16KiB"
  })
  void requestsBesideAStreamOfTheirFunction(
      String profile, String receive, String rate, String bytes) {
    bothSay(
        Metric.TRANSACTION, 0.15, profile, "9000", receive, rate, BESIDE.formatted(bytes));
  }

  @ParameterizedTest
  @CsvSource({"ref, rss, 1Gbps", "seed10g, pod-core, 500Mbps"})
  void datagramsOfOneFunction(String profile, String receive, String rate) {
    bothSay(
        Metric.SENT, 0.05, profile, "9000", receive, rate,
        "{datagrams: {from: a, to: b, size: 8000B, duration: 100ms}}");
  }

  private void bothSay(Metric metric, double tolerance, Object... scenario) {
    String text = SCENARIO.formatted(scenario);
    if (text.contains("from: f")) {
      text = text.replace("e: host2", "e: host2, f: host0");
    } else if (!text.contains("to: e")) {
      text = text.replace(", e: host2", "");
    }
    List<Outcome> packet = Scenarios.outcomes(Scenarios.ofText(folder, text, "engine=packet"));
    List<Outcome> flow = Scenarios.outcomes(Scenarios.ofText(folder, text, "engine=flow"));
    assertThat(packet).hasSameSizeAs(flow).isNotEmpty();
    for (int i = 0; i < packet.size(); i++) {
      if (packet.get(i).metric() == metric && packet.get(i).job().startsWith("blue")) {
        double expected = packet.get(i).median();
        assertThat(flow.get(i).median())
            .as("%s of %s alone %s", metric.id(), packet.get(i).job(), packet.get(i).alone())
            .isCloseTo(expected, within(tolerance * expected));
      }
    }
  }
}
