package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.experiments.WrongInput;

/** Datagrams that a host drops or sends on, as many as one core takes. */
class PacketCostsTheoryTest {
  @TempDir
  private Path folder;

  /**
   * Nanoseconds of a frame behind others of a poll: 120 to take it from the card and 80 to hand it to
   * one; 0.7 of 110 for a hook, 440 to look a connection up, 98 a route, 350 to forward, 120 queue, 460
   * IPVS. An entry that is never confirmed takes 120, a rule 20, as ever. The first frame of every 64 costs
   * all, and few polls need an interrupt: 3 %.
   */
  @ParameterizedTest
  @CsvSource({
      "raw drop, 217",
      "filter drop, 286",
      "filter drop with conntrack, 734",
      "forward, 529",
      "IPVS, 928"})
  void aCoreTakesOneOverTheTimeOfAFrame(String name, double frameNs) {
    double mpps =
        Scenarios.outcomes(Scenarios.named("packet-costs", "case=" + name))
            .stream()
            .filter(o -> o.metric() == Metric.PACKETS_PER_CORE && !o.alone())
            .findFirst()
            .orElseThrow()
            .median();

    assertThat(1e3 / mpps).isCloseTo(frameNs, withinPercentage(7));
  }

  @Test
  void whatIsDroppedDoesNotArrive() {
    assertThat(delivered("drop")).isZero();
    assertThat(delivered("forward")).isZero();
    assertThat(delivered("route")).isEqualTo(1);
  }

  @Test
  void withinAHostNoCoreTakesPacketsFromACard() {
    String job = "datagrams: {from: a, to: b, size: 100B, packets: 1000/s, duration: 10ms}";
    String text =
        text("route", job)
            .replace("receive: [route]", "receive: [], same-host: [cross veth]")
            .replace("tenants", "placement: {a: host0, b: host0}\ntenants");

    List<Outcome> outcomes = Scenarios.outcomes(Scenarios.ofText(folder, text));

    assertThat(outcomes).extracting(Outcome::metric)
        .contains(Metric.DELIVERED)
        .doesNotContain(Metric.PACKETS_PER_CORE);
  }

  @Test
  void onlyDatagramsCanGoNowhere() {
    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class,
            () -> RunExperiment.check(
                Scenarios.ofText(
                    folder, text("drop", "request-response: {from: a, to: b, count: 5}"))));

    assertThat(wrong.lines()).hasSize(1);
    assertThat(wrong.lines().getFirst())
        .endsWith("x.yaml:4: nothing arrives over a path that ends on its way; write datagrams");
  }

  private double delivered(String step) {
    String job = "datagrams: {from: a, to: b, size: 100B, packets: 1000/s, duration: 10ms}";
    return Scenarios.value(
        Scenarios.outcomes(Scenarios.ofText(folder, text(step, job))), Metric.DELIVERED);
  }

  private static String text(String step, String job) {
    return "experiment: x\ncluster: {hosts: 2}\n"
        + "network: {path: {send: [], receive: [" + step + "]}}\n"
        + "tenants: {blue: {jobs: [" + job + "]}}\n";
  }
}
