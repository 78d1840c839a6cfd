package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;

/** What cores that poll do, on both engines. */
class PollingTheoryTest {
  private static final String SCENARIO = """
      experiment: polled
      engine: %s
      cluster: {hosts: 3, cores: 8, profile: ref, nic: 100Gbps, mtu: %s, receive: pod-core}
      network: {cni: %s, encapsulation: none}
      placement: {a: host0, b: %s}
      tenants:
        blue: {jobs: [%s]}
      """;

  @TempDir
  private Path folder;

  /**
   * CPU 7 of each host is busy all the time, even where nothing comes, as on the third; what it does
   * for a tenant is part of that.
   */
  @ParameterizedTest
  @CsvSource({"packet, 100/s", "flow, 100/s", "packet, 100000/s", "flow, 100000/s"})
  void aCoreThatPollsIsBusyWhateverComes(String engine, String rate) {
    String job = "{datagrams: {from: a, to: b, size: 1000B, packets: " + rate
        + ", duration: 10ms}}";
    RunResult result = play(engine, 1500, "ovs-dpdk", "host1", job);
    TreeMap<Integer, Long> busyPs = new TreeMap<>();
    for (CpuTime time : result.report().cpuTimes()) {
      if (time.cpu() == 7) {
        assertThat(time.component()).isEqualTo(Component.POLL);
        busyPs.merge(time.host(), time.busyPs(), Long::sum);
      }
    }

    assertThat(busyPs).hasSize(3);
    assertThat(busyPs.values())
        .allSatisfy(ps -> assertThat((double) ps)
            .isCloseTo(result.simulatedPs(), within(1e-9 * result.simulatedPs())));
  }

  /** Next to nothing is sent: of each host with a pod of the tenant one core, and little beside it. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void theTenantPaysForTheCoresThatPollForIt(String engine) {
    String job = "{datagrams: {from: a, to: b, size: 1000B, packets: 100/s, duration: 100ms}}";
    RunResult result = play(engine, 1500, "vpp", "host1", job);

    assertThat(Scenarios.value(result, Metric.SENDER_CORES)).isCloseTo(1, within(0.01));
    assertThat(Scenarios.value(result, Metric.RECEIVER_CORES)).isCloseTo(1, within(0.01));
    assertThat(Scenarios.value(play(engine, 1500, "cilium", "host1", job), Metric.SENDER_CORES))
        .isLessThan(0.01);
  }

  /**
   * Five floods from one host are more than its switch takes of small datagrams: 220 for the ring, 120
   * for the flow and 0.06 ns for each of 64 bytes. It is never idle, and loses nothing, for full rings
   * push back: what it takes is the inverse of that, and what still waits at the end.
   */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void aSwitchTakesAsManyFramesAsItHasTimeFor(String engine) {
    String flood = "{datagrams: {from: %s, to: %s, size: 64B, duration: 100ms}}";
    StringBuilder floods = new StringBuilder(flood.formatted("a", "b"));
    for (String pair : List.of("c d", "e f", "g h", "i j")) {
      String[] ends = pair.split(" ");
      floods.append(", ").append(flood.formatted(ends[0], ends[1]));
    }
    String text =
        SCENARIO.formatted(engine, 1500, "ovs-dpdk", "host1", floods)
            .replace("cores: 8", "cores: 20")
            .replace("b: host1", "b: host1, c: host0, d: host1, e: host0, f: host1, g: host0,"
                + " h: host1, i: host0, j: host1");
    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();

    double frameNs = 220 + 120 + 64 * 0.06;
    long datagrams =
        result.report().flows().stream().mapToLong(flow -> flow.sentBytes() / 64).sum();
    assertThat(datagrams / 100e6).isCloseTo(1 / frameNs, within(0.01 / frameNs));
  }

  /**
   * Each way: 1,670 ns for the call and 0.11 for the byte; 80 to hand over; 1,000 until the switch
   * looks, 560.12 in it; 900 interrupt, 120 for a frame that is joined with none, 1,400 TCP, 1,230 and
   * 0.18 to read. Times are recorded to three digits.
   */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void aMessageWithinAHostMeetsTheSwitchOnceAndNoCard(String engine) {
    String loop = "{request-response: {from: a, to: b, bytes: 1B, count: 200}}";
    double wayNs =
        1670.11 + 80 + 1000 + 560.12 + 900 + 120 + 1400 + 1230.18;

    assertThat(Scenarios.value(play(engine, 9000, "ovs-dpdk", "host0", loop), Metric.TRANSACTION))
        .isCloseTo(2 * wayNs / 1e3, within(0.01));
  }

  /** Of two cores that poll each takes the ports of every other pod. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void severalCoresPollSeveralPods(String engine) {
    String floods = "{datagrams: {from: a, to: b, size: 64B, duration: 5ms}},"
        + " {datagrams: {from: c, to: d, size: 64B, duration: 5ms}}";
    String text =
        SCENARIO.formatted(engine, 1500, "ovs-dpdk", "host1", floods)
            .replace("encapsulation: none", "encapsulation: none, pollers: 2")
            .replace("a: host0, b: host1", "a: host0, c: host0, b: host1, d: host1");
    List<CpuTime> times =
        Scenarios.play(Scenarios.ofText(folder, text)).getFirst().report().cpuTimes();

    assertThat(times)
        .filteredOn(time -> time.host() == 0 && time.component() == Component.POLL)
        .filteredOn(time -> time.tenant() != CpuTime.NOBODY)
        .extracting(CpuTime::cpu)
        .containsExactlyInAnyOrder(6, 7);
  }

  private RunResult play(String engine, int mtuBytes, String cni, String where, String job) {
    String text = SCENARIO.formatted(engine, mtuBytes, cni, where, job);
    return Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
  }
}
