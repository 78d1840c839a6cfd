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

/** Limits of virtual functions, where there are none or no such rate. */
class FunctionCheckTest {
  private static final String SCENARIO = """
      experiment: limited
      cluster: {hosts: 2}
      network: {%s}
      placement: {a: host0, b: host1, c: host0, d: host1}
      tenants:
        blue:
          max-tx-rate: %s
          jobs: [stream: {from: a, to: b, bytes: 2MB}]
        red:
          max-tx-rate: 1Gbps
          jobs: [stream: {from: c, to: d, bytes: 2MB}]
      """;

  @TempDir
  private Path folder;

  /** Every tenant is told at once. */
  @ParameterizedTest
  @CsvSource({
      "cni: flannel, flannel", "cni: macvlan, macvlan", "cni: none, none",
      "'path: {send: [route], receive: [route]}', path"
  })
  void networksWithoutFunctionsLimitNone(String network, String name) {
    String what =
        ": max-tx-rate: pods of " + name + " hold no virtual function; leave it out, or write a cni"
            + " out of [sriov]";

    assertThat(faults(SCENARIO.formatted(network, "2Gbps")))
        .containsExactly("x.yaml:7" + what, "x.yaml:10" + what);
  }

  @Test
  void functionsOfSriovAreLimited() {
    assertThat(faults(SCENARIO.formatted("cni: sriov", "2Gbps"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0Gbps", "100kbps", "fast", "2GB"})
  void aRateIsOneThatCardsKnow(String rate) {
    assertThat(faults(SCENARIO.formatted("cni: sriov", rate))).singleElement()
        .asString()
        .startsWith("x.yaml:7: max-tx-rate: ")
        .contains("write");
  }

  private List<String> faults(String text) {
    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class,
            () -> {
              Experiment experiment = Scenarios.ofText(folder, text);
              RunExperiment.check(experiment);
            });
    return wrong == null
        ? List.of()
        : wrong.lines().stream().map(line -> line.substring(line.indexOf("x.yaml"))).toList();
  }
}
