package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;

/** A stream of Weave whose router moves each frame in user space, in both engines. */
class SleeveTheoryTest {
  private static final String SCENARIO = """
      experiment: sleeve
      cluster: {hosts: 2, cores: 8, profile: ref, nic: 40Gbps, mtu: %d}
      network: {cni: weave, encapsulation: sleeve}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [{stream: {from: a, to: b, bytes: 20MB}}]}}
      """;

  @TempDir
  private Path folder;

  /**
   * Frames carry the MTU less 62 and 52 bytes. Each takes the router 9 µs at both ends; acknowledgements,
   * one for two frames at least and one for each at most, take as much.
   */
  @ParameterizedTest
  @CsvSource({"packet, 1500", "flow, 1500", "packet, 9000", "flow, 9000"})
  void eachFrameTakesTheRouterItsTime(String engine, int mtuBytes) {
    double frames = 20e6 / (mtuBytes - 62 - 52);

    RunResult result =
        Scenarios.play(
            Scenarios.ofText(folder, SCENARIO.formatted(mtuBytes), "engine=" + engine)).getFirst();

    double daemonUs =
        result.report()
            .cpuTimes()
            .stream()
            .filter(time -> time.component() == Component.DAEMON)
            .mapToDouble(CpuTime::busyPs)
            .sum()
            / 1e6;
    assertThat(daemonUs / frames / 9).isBetween(2.99, 4.01);
  }

  /** The core that takes them is never idle: they go as fast as it does, for every size. */
  @ParameterizedTest
  @CsvSource({"1500", "9000"})
  void theEnginesAgree(int mtuBytes) {
    assertThat(rate("packet", mtuBytes))
        .isCloseTo(rate("flow", mtuBytes), within(0.02 * rate("flow", mtuBytes)));
  }

  /** Wireshark does not know sleeve. */
  @Test
  void noCaptureShowsIt() {
    String text = SCENARIO.formatted(1500) + "capture: {file: x.pcapng}\n";

    assertThatThrownBy(() -> RunExperiment.check(Scenarios.ofText(folder, text)))
        .hasMessageContaining(
            "no capture can show the 'sleeve headers' of weave; write another network, or leave"
                + " 'capture' out");
  }

  private double rate(String engine, int mtuBytes) {
    return Scenarios.value(
        Scenarios.outcomes(
            Scenarios.ofText(folder, SCENARIO.formatted(mtuBytes), "engine=" + engine)),
        Metric.THROUGHPUT);
  }
}
