package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.tables.FlowRow;

/** Datagrams against what rate and links allow, and the faults that only the wiring knows. */
class DatagramJobsTheoryTest {
  private static final String SCENARIO = """
      experiment: udp
      cluster: {hosts: 2, profile: ref, nic: 10Gbps, mtu: 1500}
      network: {cni: none}
      placement: {a: host0, b: host1}
      tenants:
        blue:
          jobs:
            - datagrams: {from: a, to: b, size: 1184B, rate: 1184Mbps, duration: 80ms}
      """;

  @TempDir
  private Path folder;

  /**
   * A gap of 8 µs, so 10,000 datagrams in 80 ms. The last leaves 9,999 gaps after the first and
   * takes 1,250 bytes (28 + 38 of headers) on two links of 10 Gb/s, 1 µs each, with 250 ns of delay
   * on each and 500 ns in the switch.
   */
  @Test
  void datagramsLeaveAtTheirRateAndAllArriveWhereThereIsRoom() {
    RunResult result = play(SCENARIO);
    FinishedFlow flow = result.report().flows().getFirst();

    assertThat(flow.deliveredBytes()).isEqualTo(10_000 * 1184);
    assertThat(flow.endPs()).isEqualTo(9_999 * 8_000_000L + 3_000_000);
    assertThat(Scenarios.value(result, Metric.DELIVERED)).isEqualTo(1);
    assertThat(Scenarios.value(result, Metric.GOODPUT)).isEqualTo(1.184, within(0.001));
  }

  /**
   * A way of 1 Gb/s carries 1,250 bytes on the wire in 10 µs, one datagram of every 1.25 that come;
   * the buffer of 100 datagrams and the last on the way are 1 % of 10,000.
   */
  @Test
  void whatAWayDoesNotCarryIsMissing() {
    RunResult result =
        play(SCENARIO.replace("mtu: 1500", "mtu: 1500, ports: {buffer: 125kB}, fabric: {two-sites:"
            + " {wan: 1Gbps, wan-delay: 1us}}"));

    assertThat(Scenarios.value(result, Metric.DELIVERED)).isEqualTo(0.8, within(0.01));
    assertThat(Scenarios.value(result, Metric.GOODPUT)).isEqualTo(0.9472, within(0.01));
  }

  /** The sum of 9,999 exponential gaps of 8 µs: 80 ms ± 3.3 · 0.8 ms in 99.9 % of all runs. */
  @Test
  void poissonDatagramsLeaveAtTheirRateOnAverage() {
    RunResult result =
        play(SCENARIO.replace("duration: 80ms", "duration: 80ms, arrivals: poisson"));
    FinishedFlow flow = result.report().flows().getFirst();

    assertThat(flow.deliveredBytes()).isEqualTo(10_000 * 1184);
    assertThat(flow.endPs() / 1e9).isEqualTo(80, within(2.7)).isNotEqualTo(79.995);
  }

  @Test
  void aFlowOfDatagramsIsOneRowWithoutAnIdealTime() {
    Experiment experiment = Scenarios.ofText(folder, SCENARIO);
    RunResult result = Scenarios.play(experiment).getFirst();

    List<Record> rows = new ArrayList<>();
    new RunRows(experiment, ThisProgram.here()).of(result, List.of(), rows::add);

    assertThat(rows).filteredOn(FlowRow.class::isInstance)
        .map(FlowRow.class::cast)
        .singleElement()
        .satisfies(row -> {
          assertThat(row.bytes()).isEqualTo(11_840_000);
          assertThat(row.retransmits()).isZero();
          assertThat(row.idealFctNs()).isNull();
          assertThat(row.slowdownRatio()).isNull();
        });
  }

  /** 1,184 of 1,250 bytes of 10 Gb/s are 9.472 Gb/s, and 1,000,000 datagrams a second. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "rate: 1184Mbps | rate: 9473Mbps | rate: more than host0.up takes of such datagrams at"
          + " 10Gbps; write at most 9472Mbps",
      "rate: 1184Mbps | packets: 1000001/s | packets: more than host0.up takes of such datagrams"
          + " at 10Gbps; write at most 1000000/s",
      "size: 1184B | size: 1473B | size: 1473 bytes do not fit a packet of 1500, of which 28 are"
          + " headers; write at most 1472B, or a larger cluster.mtu",
  })
  void datagramsHaveToFitPacketsAndLinks(String old, String written, String fault) {
    assertThat(faults(SCENARIO.replace(old, written))).containsExactly("x.yaml:8: " + fault);
  }

  @Test
  void withoutHostsOnlyARateLimitsTheSender() {
    assertThat(faults(SCENARIO.replace("rate: 1184Mbps, ", ""))).containsExactly(
        "x.yaml:8: datagrams: neither rate nor packets, and without hosts nothing else limits the"
            + " sender; write one of the two");
    assertThat(faults(SCENARIO.replace("rate: 1184Mbps, ", "").replace("none", "cilium")))
        .isEmpty();
  }

  /**
   * On the reference core 1,184 bytes cost the sender 1,070 for the call, 40 ps/B for the copy, the way
   * of Cilium (1,380) and 80 and 5 for the driver: 2.58 µs, 387,300 a second. The receiver's softirq core
   * needs 138 + 1,100 + 400 for one, its reader 1,230 + 47: less, so all arrive.
   */
  @Test
  void aFloodIsLimitedByTheSendersCore() {
    String flood =
        SCENARIO.replace("rate: 1184Mbps, ", "").replace("none", "cilium").replace("1500", "9000");
    RunResult result = play(flood);

    double sendNs = 1070 + 1184 * 0.044 + 1380 + 80;
    assertThat(Scenarios.value(result, Metric.SENT)).isEqualTo(1e9 / sendNs, within(500.0));
    assertThat(Scenarios.value(result, Metric.DELIVERED)).isGreaterThan(0.999);
  }

  /** Two senders with two hosts each: nobody is in the other's way, and each draws its own gaps. */
  @Test
  void randomGapsAreTheSameAloneAndTogether() {
    String two =
        SCENARIO.replace("hosts: 2", "hosts: 4")
            .replace("b: host1}", "b: host1, c: host2, d: host3}")
            .replace("80ms}", "80ms, arrivals: poisson}")
            + SCENARIO.substring(SCENARIO.indexOf("  blue:"))
                .replace("blue", "red")
                .replace("from: a, to: b", "from: c, to: d")
                .replace("80ms}", "80ms, arrivals: poisson}");

    List<RunResult> results = Scenarios.play(Scenarios.ofText(folder, two));

    List<Long> together = ends(results.get(0));
    assertThat(results).hasSize(3);
    assertThat(ends(results.get(1))).isEqualTo(together.subList(0, 1));
    assertThat(ends(results.get(2))).isEqualTo(together.subList(1, 2));
  }

  /** In order of flows. */
  private static List<Long> ends(RunResult result) {
    return result.report()
        .flows()
        .stream()
        .sorted(Comparator.comparing(flow -> flow.flow().sourcePod()))
        .map(FinishedFlow::endPs)
        .toList();
  }

  @Test
  void aRequestIsADatagramThatFitsAPacket() {
    String text =
        SCENARIO.replace(
            "datagrams: {from: a, to: b, size: 1184B, rate: 1184Mbps, duration: 80ms}",
            "request-response: {from: a, to: b, bytes: 1473B, protocol: udp}");

    assertThat(faults(text)).containsExactly(
        "x.yaml:8: bytes: 1473 bytes do not fit a packet of 1500, of which 28 are headers; write at"
            + " most 1472B, or a larger cluster.mtu");
  }

  /**
   * A byte each way between idle hosts of `ref` on Cilium: 2 · (1,070 + 80 + 120 + 400 + 1,230) ns
   * of call, drivers, input and reading and an interrupt of 900 on each side, 1.2 times the 1,380 +
   * 1,100 of Cilium, 11 µs of moderation and 2 µs of cards, 500 ns of switch, two links of 250 ns and
   * the frame (1 + 28 + 50 + 38 bytes) on two of them at 10 Gb/s.
   */
  @Test
  void aTransactionOfDatagramsTakesTheTimeOfItsStages() {
    String text =
        SCENARIO.replace(
            "datagrams: {from: a, to: b, size: 1184B, rate: 1184Mbps, duration: 80ms}",
            "request-response: {from: a, to: b, bytes: 1B, count: 100, protocol: udp}")
            .replace("none", "cilium")
            .replace("1500", "1500, receive: pod-core");
    RunResult result = play(text);

    double stagesUs = (1070 + 80 + 900 + 120 + 400 + 1230 + 1.2 * (1380 + 1100)) / 1e3;
    double wireUs = 11 + 2 + 0.5 + 2 * (0.25 + 117 * 8 / 1e4);
    assertThat(Scenarios.value(result, Metric.TRANSACTION))
        .isEqualTo(2 * (stagesUs + wireUs), within(0.1));
  }

  private RunResult play(String text) {
    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
    assertThat(result.status()).as(result.message().orElse("")).isEqualTo(RunResult.OK);
    return result;
  }

  private List<String> faults(String text) {
    Experiment experiment = Scenarios.ofText(folder, text);
    WrongInput wrong =
        catchThrowableOfType(WrongInput.class, () -> RunExperiment.check(experiment));
    return wrong == null
        ? List.of()
        : wrong.lines().stream().map(line -> line.replace(folder + "/", "")).toList();
  }
}
