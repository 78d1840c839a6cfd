package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;

/** Transports on hosts and ports that suit them, or do not. */
class TransportCheckTest {
  private static final String SCENARIO = """
      experiment: moved
      cluster: {hosts: 2, profile: ref, mtu: 9000}
      network:
        cni: none
        transport: cubic
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 2MB}]}}
      """;

  @TempDir
  private Path folder;

  /** Of a packet of 9,000 bytes, 52 are headers; RoCE has no longer payload than 4,096. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{tcp: {window: 8947B}} | window: 8947 bytes hold no full segment, which has 8948; write at"
          + " least 8948B",
      "{roce: {window: 1B}} | window: 1 bytes hold no full segment, which has 4096; write at least"
          + " 4096B",
  })
  void aWindowHoldsASegment(String transport, String fault) {
    assertThat(faults(SCENARIO.replace("cubic", transport)))
        .containsExactly("x.yaml:5: " + fault);
    assertThat(faults(SCENARIO.replace("cubic", transport.replaceFirst("\\d+B", "8948B"))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"host", "flannel", "calico-ebpf", "ovn-kubernetes", "macvlan"})
  void roceNeedsPodsThatPassTheKernelBy(String cni) {
    String text = SCENARIO.replace("transport: cubic", "transport: roce");

    assertThat(faults(text.replace("none", cni))).containsExactly(
        "x.yaml:5: transport: frames of roce pass the host's kernel by, where " + cni
            + " would handle them; write cubic, reno or dctcp, or a cni out of [sriov, roce,"
            + " freeflow, none]");
    assertThat(faults(text)).isEmpty();
    assertThat(faults(text.replace("none", "sriov"))).isEmpty();
  }

  @Test
  void faultsOfTransportAndFabricAreReportedTogether() {
    String text =
        SCENARIO.replace("cubic", "{tcp: {window: 1B}}")
            .replace("mtu: 9000", "mtu: 9000, ports: {buffer: 1B}");

    assertThat(faults(text)).containsExactly(
        "x.yaml:5: window: 1 bytes hold no full segment, which has 8948; write at least 8948B",
        "x.yaml:2: buffer: 1 bytes hold no packet, which takes up to 9038 on the wire; write at"
            + " least 9038B");
  }

  @ParameterizedTest
  @CsvSource({"dctcp", "roce"})
  void theUserIsToldWhenNoPortMarks(String transport) {
    String text = SCENARIO.replace("cubic", transport);

    assertThat(message(text)).isEqualTo(
        "no port marks packets, so " + transport + " never hears of a queue; write"
            + " cluster.ports.ecn");
    assertThat(message(text.replace("mtu:", "ports: {ecn: {step: 100kB}}, mtu:"))).isEmpty();
  }

  @Test
  void theUserIsToldWhatTheFlowEngineLeavesOut() {
    String text = SCENARIO + "engine: flow\n";

    assertThat(message(text)).isEmpty();
    assertThat(message(text.replace("cubic", "reno"))).isEqualTo(
        "the flow engine knows neither losses nor marks: of transport reno it reads the window"
            + " alone");
  }

  /** A window of one segment sends one each round trip; both engines know it. */
  @ParameterizedTest
  @CsvSource({"packet", "flow"})
  void theWindowLimitsTheRate(String engine) {
    String text = SCENARIO + "engine: " + engine + "\n";
    String small = text.replace("cubic", "{tcp: {window: 8948B}}");

    assertThat(Scenarios.play(Scenarios.ofText(folder, small)).getFirst().simulatedPs())
        .isGreaterThan(
            2 * Scenarios.play(Scenarios.ofText(folder, text)).getFirst().simulatedPs());
  }

  private String message(String text) {
    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
    assertThat(result.status()).isEqualTo(RunResult.OK);
    return result.message().orElse("");
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
