package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.workloads.ServingJob;

/**
 * More rules, more load and more neighbours make nothing faster, on either engine. Cores are warm and
 * cards do not wait: where cores get cold, a little load may keep them warm and make requests
 * faster.
 */
class MonotoneTest {
  private static final String SCENARIO = """
      experiment: more
      seed: 5
      engine: %s
      cluster: {hosts: 2, cores: 20, gpus: 16, profile: warm20, receive: rss, queues: 1, pin: {%s}}
      network: {cni: %s, rules: {pods-per-node: %d}}
      placement: {%s}
      tenants: {%s}
      """;

  private static final String SERVE =
      "serve: {servers: 1, clients: 1, rate: %d/s, request: 1KiB, reply: 1KiB, service: 0us,"
          + " requests: 5000}";

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({
      "packet, kube-router", "packet, calico-iptables", "packet, cilium", "flow, kube-router",
      "flow, calico-iptables", "flow, cilium"})
  void moreRequestsWaitLonger(String engine, String cni) {
    List<Double> meansNs = new ArrayList<>();
    for (int rate : new int[] {10_000, 30_000, 50_000, 70_000, 90_000}) {
      meansNs.add(meanNs(serving(engine, cni, 30, 1, rate)));
    }

    assertThat(meansNs).isSorted().doesNotHaveDuplicates();
  }

  /** Rules that every packet passes one by one, and programs that find their entry at once. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void moreRulesMakeRequestsSlower(String engine) {
    List<Double> linearNs = new ArrayList<>();
    List<Double> hashedNs = new ArrayList<>();
    for (int pods : new int[] {2, 30, 100, 200, 400, 600}) {
      linearNs.add(meanNs(serving(engine, "kube-router", pods, 1, 20_000)));
      hashedNs.add(meanNs(serving(engine, "cilium", pods, 1, 20_000)));
    }

    assertThat(linearNs).isSorted().doesNotHaveDuplicates();
    assertThat(hashedNs).isSorted();
    assertThat(hashedNs.getLast()).isLessThan(1.05 * hashedNs.getFirst());
  }

  /** Tenants that have cores of their own, and share the queue that takes what arrives. */
  @ParameterizedTest
  @CsvSource({"packet, kube-router", "packet, cilium", "flow, kube-router", "flow, cilium"})
  void moreNeighboursAtAReceiveQueueMakeRequestsSlower(String engine, String cni) {
    List<Double> meansNs = new ArrayList<>();
    for (int tenants = 1; tenants <= 6; tenants++) {
      meansNs.add(meanNs(serving(engine, cni, 30, tenants, 14_000)));
    }

    assertThat(meansNs).isSorted().doesNotHaveDuplicates();
  }

  /** Tenants whose senders have one core together. */
  @ParameterizedTest
  @CsvSource({"packet, kube-router", "packet, cilium", "flow, kube-router", "flow, cilium"})
  void moreNeighboursOnACoreLeaveAStreamLess(String engine, String cni) {
    double leastBytes = Double.MAX_VALUE;
    for (int tenants = 1; tenants <= 5; tenants++) {
      double bytes = firstStreamBytes(streaming(engine, cni, tenants));

      assertThat(bytes).as("beside %d", tenants - 1).isLessThan(leastBytes);
      leastBytes = bytes;
    }
  }

  private RunResult serving(String engine, String cni, int pods, int tenants, int rate) {
    StringBuilder pins = new StringBuilder();
    StringBuilder places = new StringBuilder();
    StringBuilder jobs = new StringBuilder();
    for (int i = 0; i < tenants; i++) {
      String cores = ": {tx: " + (1 + 2 * i) + ", rx: " + (2 + 2 * i) + "}, ";
      String server = "t" + i + "-server-0";
      String client = "t" + i + "-client-0";
      pins.append(server + cores + client + cores);
      places.append(server + ": host0, " + client + ": host1, ");
      jobs.append("t" + i + ": {jobs: [" + SERVE.formatted(rate) + "]}, ");
    }
    return play(SCENARIO.formatted(engine, pins, cni, pods, places, jobs));
  }

  private RunResult streaming(String engine, String cni, int tenants) {
    StringBuilder pins = new StringBuilder();
    StringBuilder places = new StringBuilder();
    StringBuilder jobs = new StringBuilder();
    for (int i = 0; i < tenants; i++) {
      String from = "a" + i;
      String to = "b" + i;
      pins.append(from + ": {tx: 17, rx: 18}, " + to + ": {tx: 17, rx: " + (16 - i) + "}, ");
      places.append(from + ": host0, " + to + ": host1, ");
      jobs.append(
          "t" + i + ": {jobs: [stream: {from: " + from + ", to: " + to
              + ", duration: 10ms}]}, ");
    }
    return play(
        SCENARIO.formatted(engine, pins, cni, 30, places, jobs)
            .replace("queues: 1", "queues: 8, nic: 400Gbps"));
  }

  private static double firstStreamBytes(RunResult result) {
    return result.report()
        .flows()
        .stream()
        .filter(flow -> flow.flow().connection().sourcePod() == 0)
        .mapToDouble(FinishedFlow::deliveredBytes)
        .sum();
  }

  /** Of the first tenant's requests. */
  private static double meanNs(RunResult result) {
    return result.report()
        .latencies()
        .stream()
        .filter(latency -> latency.key().tenant() == 0)
        .filter(latency -> latency.key().metric().equals(ServingJob.REQUEST))
        .findFirst()
        .orElseThrow()
        .ns()
        .getMean();
  }

  private RunResult play(String text) {
    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
    assertThat(result.status()).as(result.message().orElse("")).isEqualTo(RunResult.OK);
    return result;
  }
}
