package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that are steered to other CPUs, in both engines. */
class SteeringEnginesAgreeTest {
  /** To a CPU of their own, and to the one on which their pod reads. */
  private static final String SCENARIO = """
      experiment: steering
      cluster: {hosts: 2, cores: 8, profile: %s, irq-cpus: [0], rps-cpus: [5],
        pin: {a: {tx: 2, rx: 3}, b: {tx: 2, rx: 3}}}
      network: {cni: cilium}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [%s]}}
      sweep: {cluster.rps-cpus: [%s], network.cni: [cilium, flannel, calico-iptables]}
      """;
  private static final String BOTH = "[5], [3]";

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({"1B, 0.001", "8000B, 0.001", "64KiB, 0.02"})
  void messagesTakeTheSameTime(String bytes, double tolerance) {
    String loop = "{request-response: {from: a, to: b, bytes: " + bytes + ", count: 20}}";

    bothSay(Metric.TRANSACTION, tolerance, "seed10g", loop, BOTH);
    bothSay(Metric.TRANSACTION, tolerance, "ref", loop, BOTH);
  }

  /**
   * On a slow core that reads as well, whether an adaptive card is in bulk decides how fast it is, which
   * decides whether the card is in bulk.
   */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"ref | [5], [3]", "seed10g | [5]"})
  void longStreamsGoAtTheSameRateAndTakeTheSameCores(String profile, String steered) {
    String stream = "{stream: {from: a, to: b, bytes: 50MB}}";

    bothSay(Metric.THROUGHPUT, 0.02, profile, stream, steered);
    bothSay(Metric.HOST_CPU, 0.03, profile, stream, steered);
  }

  @ParameterizedTest
  @CsvSource({"ref", "seed10g"})
  void datagramsTakeTheSameTime(String profile) {
    String loop = "{request-response: {from: a, to: b, bytes: 1000B, count: 20, protocol: udp}}";
    String paced = "{datagrams: {from: a, to: b, size: 1000B, packets: 100000/s, duration: 20ms}}";

    bothSay(Metric.TRANSACTION, 0.001, profile, loop, BOTH);
    bothSay(Metric.HOST_CPU, 0.05, profile, paced, BOTH);
  }

  /**
   * Where the steered-to core reads as well, the card's short timer makes packets of two frames, which that
   * core takes so slowly that the card stays quiet, and the long one large packets, which keep the card
   * busy. The packet engine finds one, the flow engine the other and says what else might come.
   */
  @ParameterizedTest
  @CsvSource({"calico-iptables", "kube-router"})
  void theFlowEngineTellsTheRateOfTheOtherTimer(String network) {
    String stream = "{stream: {from: a, to: b, bytes: 20MB}}";
    String text =
        SCENARIO.formatted("seed10g", stream, "[3]")
            .replaceFirst("network.cni: .*]", "network.cni: [" + network + "]");

    double packet =
        Scenarios.outcomes(Scenarios.ofText(folder, text, "engine=packet"))
            .stream()
            .filter(outcome -> outcome.metric() == Metric.THROUGHPUT)
            .findFirst()
            .orElseThrow()
            .median();
    String note =
        Scenarios.play(Scenarios.ofText(folder, text, "engine=flow"))
            .getFirst()
            .message()
            .orElseThrow();

    assertThat(note).startsWith("an adaptive card may keep up either of its timers: ");
    String other = note.replaceFirst(".* Gb/s goes at ", "").replace(" on the other", "");
    assertThat(Double.parseDouble(other)).isCloseTo(packet, within(0.05 * packet));
  }

  private void bothSay(Metric metric, double tolerance, Object... scenario) {
    BothEngines.agree(folder, SCENARIO.formatted(scenario), metric, tolerance);
  }
}
