package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;

/** Pods that call verbs, on both engines. */
class RdmaTheoryTest {
  private static final String SCENARIO = """
      experiment: verbs
      engine: %s
      cluster: {hosts: 2, cores: 8, profile: %s, nic: 100Gbps, mtu: 9000, receive: pod-core}
      network: {cni: %s, transport: roce}
      placement: {a: host0, b: %s}
      tenants: {blue: {jobs: [%s]}}
      """;
  private static final String PING = "{request-response: {from: a, to: b, bytes: 1B, count: 200}}";

  @TempDir
  private Path folder;

  /**
   * Each way 150 ns to post and 150 to hear of it, two cards of 350 ns, two cables of 250 and a switch of
   * 500, and twice a frame of 83 bytes at 80 ps a byte; FreeFlow 600 for the call. A virtual function
   * has the profile's card, 1,000 ns. Times are recorded to three digits.
   */
  @ParameterizedTest
  @CsvSource({
      "packet, roce, 2000", "flow, roce, 2000", "packet, freeflow, 2600", "flow, freeflow, 2600",
      "packet, sriov, 3300", "flow, sriov, 3300"})
  void aRoundTripIsTwoRequestsAndFourPassesOfACard(String engine, String cni, double wayNs) {
    RunResult result = play(engine, "ref", cni, "host1", PING);

    assertThat(Scenarios.value(result, Metric.TRANSACTION))
        .isCloseTo(2 * (wayNs + 2 * 83 * 0.08) / 1e3, within(0.01));
  }

  /**
   * The card is full: 4,096 bytes of payload in frames of 4,178 (IP, UDP and RoCE 44, Ethernet 38). On
   * the sender's side 150 ns for 64 KiB are 0.028 cores, FreeFlow has 750 for them; 200 MB are 3,052
   * requests that the receiver hears of.
   */
  @ParameterizedTest
  @CsvSource({"packet, roce, 150", "flow, roce, 150", "packet, freeflow, 750",
      "flow, freeflow, 750"})
  void aStreamGoesAtTheRateOfTheCardAndCostsAlmostNothing(
      String engine, String cni, double postNs) {
    RunResult result =
        play(engine, "ref", cni, "host1", "{stream: {from: a, to: b, bytes: 200MB}}");
    double gigabitsPerSecond = 100 * 4096.0 / 4178;

    assertThat(Scenarios.value(result, Metric.THROUGHPUT)).isCloseTo(gigabitsPerSecond,
        within(0.1));
    double requestsPerNs = gigabitsPerSecond / 8 / 65_536;
    long postingPs =
        times(result, Component.APP).stream().mapToLong(CpuTime::busyPs).sum();
    double postingCores = postingPs / (double) result.simulatedPs();
    assertThat(postingCores).isCloseTo(postNs * requestsPerNs, within(1e-3));
    assertThat(postingCores).isLessThan(0.15);
    assertThat(requests(result, Component.POLL)).isEqualTo(3052);
  }

  private static List<CpuTime> times(RunResult result, Component component) {
    return result.report()
        .cpuTimes()
        .stream()
        .filter(time -> time.component() == component)
        .toList();
  }

  private static long requests(RunResult result, Component component) {
    return times(result, component).stream().mapToLong(CpuTime::packets).sum();
  }

  /** A reading core that polls its completion queue is busy all the time, one of each pod. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void eachPodKeepsTheCoreBusyOnWhichItPolls(String engine) {
    RunResult result = play(engine, "ref", "roce", "host1", PING);

    for (int host : new int[] {0, 1}) {
      long busyPs =
          result.report()
              .cpuTimes()
              .stream()
              .filter(time -> time.host() == host && time.cpu() == 1)
              .mapToLong(CpuTime::busyPs)
              .sum();
      assertThat((double) busyPs)
          .isCloseTo(result.simulatedPs(), within(1e-6 * result.simulatedPs()));
    }
  }

  /** On the sender's core 750 ns for 64 KiB and 0.09 for each byte, which the card does not limit. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void withinAHostFreeFlowCopiesInMemory(String engine) {
    RunResult result =
        play(engine, "ref", "freeflow", "host0", "{stream: {from: a, to: b, bytes: 200MB}}");

    assertThat(Scenarios.value(result, Metric.THROUGHPUT))
        .isCloseTo(8 / (0.09 + 750.0 / 65_536), within(0.1));
    assertThat(result.report().links()).isEmpty();
  }

  /** Requests of several sizes, one after the other and over the window of what is posted. */
  @ParameterizedTest
  @ValueSource(strings = {"1B", "4096B", "64KiB"})
  void messagesTakeTheSameTimeInBothEngines(String bytes) {
    String loop = PING.replace("1B", bytes);

    for (String cni : List.of("roce", "freeflow", "sriov")) {
      for (String where : List.of("host0", "host1")) {
        double flow =
            Scenarios.value(play("flow", "seed10g", cni, where, loop), Metric.TRANSACTION);
        assertThat(Scenarios.value(play("packet", "seed10g", cni, where, loop), Metric.TRANSACTION))
            .as("%s of %s on %s", bytes, cni, where)
            .isCloseTo(flow, within(0.03 * flow));
      }
    }
  }

  /** 20 MB are 306 requests of 64 KiB, the last of them shorter; each is posted and heard of once. */
  @Test
  void everyRequestIsPostedOnceAndHeardOfOnceWhateverIsLost() {
    String incast =
        "{stream: {from: a, to: b, bytes: 20MB}}, {stream: {from: c, to: b, bytes: 20MB}}";
    String text =
        SCENARIO.formatted("packet", "ref", "roce", "host1", incast)
            .replace("hosts: 2", "hosts: 3, ports: {buffer: 100kB}")
            .replace("a: host0", "a: host0, c: host2");
    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();

    assertThat(result.report().flows())
        .allMatch(FinishedFlow::complete)
        .anyMatch(flow -> flow.retransmissions().orElse(0) > 0);
    assertThat(requests(result, Component.APP)).isEqualTo(2 * 306);
    assertThat(requests(result, Component.POLL)).isEqualTo(2 * 306);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "roce | cubic | transport: cubic needs a kernel, and pods of roce have the card alone; write"
          + " roce, or another cni",
      "freeflow | dctcp | transport: dctcp needs a kernel, and pods of freeflow have the card alone;"
          + " write roce, or another cni",
      "roce | roce, gso: off | gso: the card cuts and joins what roce carries; write on, or another"
          + " transport",
      "freeflow | roce, underlay: vxlan | freeflow passes the host's kernel by, where 'vxlan' would"
          + " be added; write one of [none, flat]",
  })
  void kernelsAreNotThere(String cni, String transport, String fault) {
    String text = SCENARIO.formatted("packet", "ref", cni, "host1", PING);

    assertThat(faults(text.replace("transport: roce", "transport: " + transport)))
        .containsExactly("x.yaml:4: " + fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{datagrams: {from: a, to: b, size: 100B, duration: 1ms}}",
      "{request-response: {from: a, to: b, bytes: 1B, count: 9, protocol: udp}}"})
  void verbsCarryNoUdp(String job) {
    assertThat(faults(SCENARIO.formatted("packet", "ref", "roce", "host1", job)))
        .containsExactly(
            "x.yaml:6: UDP needs a kernel, and pods of roce have the card alone; write another job,"
                + " or another cni");
    assertThat(faults(SCENARIO.formatted("packet", "ref", "sriov", "host1", job))).isEmpty();
  }

  @Test
  void aQueuePairIsNotOpenedForARequest() {
    String text = SCENARIO.formatted("flow", "ref", "sriov", "host1", PING);

    assertThat(faults(text.replace("count: 200", "count: 200, connect: true")))
        .containsExactly(
            "x.yaml:6: connect: roce has no handshake that a request could wait for; leave it out, or"
                + " write another transport");
  }

  /** Both pods poll until the other tenant is done; of that the tenant pays for while its job runs. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void aTenantPaysForPollingWhileItsJobRuns(String engine) {
    String longer = "red: {jobs: [{stream: {from: c, to: d, bytes: 100MB}}]}";
    String text =
        SCENARIO.formatted(engine, "ref", "roce", "host1", PING)
            .replace("a: host0", "a: host0, c: host0, d: host1")
            .replace("tenants: {blue", "tenants: {" + longer + ", blue");
    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();

    double sendingCores = 0.3 / 4;
    assertThat(
        Outcome.of(List.of(result))
            .stream()
            .filter(outcome -> outcome.metric() == Metric.SENDER_CORES)
            .filter(outcome -> outcome.job().startsWith("blue"))
            .findFirst()
            .orElseThrow()
            .median())
                .isCloseTo(1, within(sendingCores));
  }

  private List<String> faults(String text) {
    Experiment experiment = Scenarios.ofText(folder, text);
    WrongInput wrong =
        catchThrowableOfType(WrongInput.class, () -> RunExperiment.check(experiment));
    return wrong == null
        ? List.of()
        : wrong.lines().stream().map(line -> line.substring(line.indexOf("x.yaml"))).toList();
  }

  private RunResult play(String engine, String profile, String cni, String where, String job) {
    String text = SCENARIO.formatted(engine, profile, cni, where, job);
    return Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
  }
}
