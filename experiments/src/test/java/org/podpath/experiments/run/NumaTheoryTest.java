package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;

/** Pods and queues on another memory node than the network card, on both engines. */
class NumaTheoryTest {
  private static final String SCENARIO = """
      experiment: numa
      engine: %s
      cluster: {hosts: 2, cores: 8, profile: warm, receive: %s, numa-nodes: %s, %s}
      network: {cni: macvlan}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [%s]}}
      """;
  private static final String FAR = "pin: {a: {tx: 4, rx: 5}, b: {tx: 6, rx: 7}}";
  private static final String NEAR = "pin: {a: {tx: 0, rx: 1}, b: {tx: 2, rx: 3}}";

  @TempDir
  private Path folder;

  /**
   * Each way on the core of `warm`, in ns: 1,670 to send, 0.114 for the byte, 80 to hand over; two cards of
   * 1,000, two links of 250 with 91 bytes at 40 Gb/s, switch 500; 900 interrupt, 120 frame, 120 macvlan,
   * 1,400 TCP, 1,230 to read and 0.18. Far away a byte takes 1.4, everything else 1.15 times as long.
   */
  @ParameterizedTest
  @CsvSource({"packet, 1, 1, 1", "flow, 1, 1, 1", "packet, 2, 1.15, 1.4", "flow, 2, 1.15, 1.4"})
  void aMessageTakesLongerFarFromTheCard(String engine, int nodes, double all, double bytes) {
    String loop = "{request-response: {from: a, to: b, bytes: 1B, count: 200}}";
    double coresNs = all * (1670 + 80 + 900 + 120 + 120 + 1400 + 1230);
    double wireNs = 2 * 1000 + 2 * (250 + 91 * 0.2) + 500;
    double wayNs = coresNs + bytes * (0.114 + 0.18) + wireNs;

    assertThat(Scenarios.value(play(engine, "pod-core", nodes, FAR, loop), Metric.TRANSACTION))
        .isCloseTo(2 * wayNs / 1e3, within(2e-6 * wayNs));
  }

  /**
   * Datagrams of 1,000 B: copies of 0.04 ns for a byte at each end; drivers take 80 + 120 ns, and 0.004 +
   * 0.015 for a byte; all else is charged for packets.
   */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void whatCoresDoTakesThatMuchLonger(String engine) {
    String job = "{datagrams: {from: a, to: b, size: 1000B, packets: 1000/s, duration: 50ms}}";
    TreeMap<Component, Double> near = components(play(engine, "pod-core", 2, NEAR, job));
    TreeMap<Component, Double> far = components(play(engine, "pod-core", 2, FAR, job));

    assertThat(near.keySet()).isEqualTo(far.keySet()).contains(Component.COPY, Component.IRQ);
    near.forEach(
        (component, ns) -> assertThat(far.get(component) / ns)
            .as(component.name())
            .isCloseTo(expected(component), within(1e-6)));
  }

  private static double expected(Component component) {
    if (component == Component.DRIVER) {
      return (1.15 * 200 + 1.4 * 19) / 219;
    }
    return component == Component.COPY ? 1.4 : 1.15;
  }

  /** Of a pod that is near, only the queue's core is far: its driver, interrupts and kernel. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void aQueueMayBeFarAwayWhereItsPodIsNot(String engine) {
    String job = "{datagrams: {from: a, to: b, size: 1000B, packets: 1000/s, duration: 50ms}}";
    TreeMap<Component, Double> near =
        components(play(engine, "rss", 2, NEAR + ", irq-cpus: [1]", job));
    TreeMap<Component, Double> far =
        components(play(engine, "rss", 2, NEAR + ", irq-cpus: [6]", job));

    assertThat(far.get(Component.IRQ) / near.get(Component.IRQ)).isCloseTo(1.15, within(1e-6));
    assertThat(far.get(Component.APP)).isCloseTo(near.get(Component.APP), within(1e-6));
    assertThat(far.get(Component.COPY)).isCloseTo(near.get(Component.COPY), within(1e-6));
  }

  /** Streams are slower, and the engines say by how much. */
  @ParameterizedTest
  @CsvSource({"pod-core, 0.05"})
  void streamsAreSlowerFarFromTheCard(String receive, double tolerance) {
    String stream = "{stream: {from: a, to: b, bytes: 50MB}}";
    double packet = Scenarios.value(play("packet", receive, 2, FAR, stream), Metric.THROUGHPUT);
    double flow = Scenarios.value(play("flow", receive, 2, FAR, stream), Metric.THROUGHPUT);

    assertThat(packet).isCloseTo(flow, within(tolerance * flow));
    assertThat(packet)
        .isLessThan(
            0.9 * Scenarios.value(play("packet", receive, 2, NEAR, stream), Metric.THROUGHPUT));
  }

  private static TreeMap<Component, Double> components(RunResult result) {
    TreeMap<Component, Double> ns = new TreeMap<>();
    for (CpuTime time : result.report().cpuTimes()) {
      ns.merge(time.component(), time.busyPs() / 1e3, Double::sum);
    }
    return ns;
  }

  private RunResult play(String engine, String receive, int nodes, String more, String job) {
    String text = SCENARIO.formatted(engine, receive, nodes, more, job);
    return Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
  }
}
