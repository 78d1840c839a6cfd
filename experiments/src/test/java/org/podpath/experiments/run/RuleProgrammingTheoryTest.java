package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;
import org.podpath.experiments.scenario.EngineKind;

/** How long pods wait for their rules, and what writing these takes, against closed forms. */
class RuleProgrammingTheoryTest {
  /** Four pods, two on each host, come after a second: those of two loops. */
  private static final String SCENARIO = """
      experiment: programming
      engine: %s
      cluster: {hosts: 2, cores: 8, profile: ref}
      network: {cni: %s, rules: %s}
      placement: {a: host0, b: host1, c: host0, d: host1}
      tenants:
        red:
          start: 1s
          jobs:
            - request-response: {from: a, to: b, count: 10}
            - request-response: {from: c, to: d, count: 10}
      """;

  /** Pods come and go by themselves while a loop of its own lasts as long as the run. */
  private static final String CHURN = """
      experiment: churn
      engine: %s
      duration: %s
      cluster: {hosts: 2, cores: 8, profile: ref}
      network: {cni: %s, rules: %s}
      tenants: {blue: {jobs: [serve: {rate: 200/s, request: 100B, reply: 100B, service: 10us}]}}
      """;

  /** iptables-restore: a process, and each rule of the table (rows of kernel-costs.csv). */
  private static final double WRITE_MS = 1.2;
  private static final double RULE_MS = 0.007;

  /** As in the cost file. */
  private static final double PROGRAMS_MS = 110;

  @TempDir
  private Path folder;

  /** 62 rules that all packets walk, and two chains of ten for each of the node's pods. */
  private static double calicoMs(int pods) {
    return WRITE_MS + (62 + 20 * pods) * RULE_MS;
  }

  /** Two rules for a service and three for its back end, of which it has one. */
  private static double servicesMs(int services) {
    return WRITE_MS + 5 * services * RULE_MS;
  }

  @ParameterizedTest
  @EnumSource
  void podsThatComeTogetherAreWrittenTogether(EngineKind engine) {
    RunResult result = play(engine, "calico-iptables", "{pods-per-node: 300}");

    double expectedMs = calicoMs(300);
    assertThat(value(result, Metric.PROGRAMMING)).isCloseTo(expectedMs, within(0.01 * expectedMs));
    assertThat(value(result, Metric.PROGRAMMING_MAX))
        .isCloseTo(expectedMs, within(0.01 * expectedMs));
    for (JobLog log : result.jobs()) {
      assertThat((log.startPs() - log.submitPs()) / 1e9)
          .isCloseTo(expectedMs, within(0.01 * expectedMs));
    }
  }

  /** The tables of network and services are different ones, but one lock is held to load either. */
  @ParameterizedTest
  @EnumSource
  void oneTableAfterTheOtherIsLoaded(EngineKind engine) {
    RunResult result = play(engine, "calico-iptables", "{pods-per-node: 300, services: 2000}");

    double expectedMs = calicoMs(300) + servicesMs(2000);
    assertThat(value(result, Metric.PROGRAMMING_MAX))
        .isCloseTo(expectedMs, within(0.01 * expectedMs));
  }

  /**
   * Both pods of a host get programs of their own: one waits for one load, the other for two. Two pods of
   * the other host are entries of maps, of a microsecond each. Mean of the four samples of a host.
   */
  @ParameterizedTest
  @EnumSource
  void programsAreLoadedPodByPod(EngineKind engine) {
    RunResult result = play(engine, "cilium", "{}");

    assertThat(value(result, Metric.PROGRAMMING))
        .isCloseTo((1 + 2) / 4.0 * PROGRAMS_MS, within(0.01 * PROGRAMS_MS));
    assertThat(value(result, Metric.PROGRAMMING_MAX))
        .isCloseTo(2 * PROGRAMS_MS, within(0.01 * PROGRAMS_MS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"calico-iptables", "kube-router", "neutron-hybrid"})
  void tablesTakeLongerTheMoreRulesTheyHave(String network) {
    double before = 0;
    for (int pods : new int[] {10, 100, 1000}) {
      double waitMs =
          value(
              play(EngineKind.FLOW, network, "{pods-per-node: " + pods + "}"), Metric.PROGRAMMING);
      assertThat(waitMs).isGreaterThan(before);
      before = waitMs;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cilium", "calico-ebpf", "ovn-kubernetes", "weave"})
  void mapsTakeAsLongWhateverThereIsBeside(String network) {
    double few =
        value(play(EngineKind.FLOW, network, "{policies: 5}"), Metric.PROGRAMMING);
    double many =
        value(
            play(EngineKind.FLOW, network, "{pods-per-node: 1000, policies: 5}"),
            Metric.PROGRAMMING);

    assertThat(few).isPositive();
    assertThat(many).isEqualTo(few);
  }

  @Test
  void podsOfACardsFunctionsWaitForNobody() {
    assertThat(value(play(EngineKind.FLOW, "sriov", "{}"), Metric.PROGRAMMING_MAX)).isZero();
  }

  /**
   * Changes come at random at rate λ, and a write that takes D has all that came before it. It is followed
   * by another unless nothing came meanwhile, with probability exp(-λ D), so a run of writes has
   * exp(λ D) of them, and between runs nothing comes for 1/λ: the share b of time is written. Who comes
   * then waits D/2 more than D.
   */
  @ParameterizedTest
  @CsvSource({"1", "5", "20"})
  void changesAtRandomWaitForTheWriteUnderWay(double perSecond) {
    RunResult result =
        played(
            CHURN, EngineKind.FLOW, "1000s", "calico-iptables",
            "{pods-per-node: 1000, churn: " + perSecond + "/s}");

    double writeMs = calicoMs(1000);
    double load = perSecond * writeMs / 1e3;
    double busyRatio = load * Math.exp(load) / (1 + load * Math.exp(load));
    double expectedMs = writeMs * (1 + busyRatio / 2);
    assertThat(value(result, Metric.PROGRAMMING)).isCloseTo(expectedMs, within(0.02 * expectedMs));
    assertThat(agentsBusyRatio(result)).isCloseTo(busyRatio, within(0.03 * busyRatio));
  }

  /** Two hosts with ten changes a second each: kube-proxy of each writes once a second, for all. */
  @ParameterizedTest
  @EnumSource
  void kubeProxyWritesOnceASecond(EngineKind engine) {
    RunResult result =
        played(CHURN, engine, "10s", "flannel", "{services: 2000, churn: 10/s}");

    assertThat(agentsBusyRatio(result))
        .isCloseTo(servicesMs(2000) / 1e3, within(0.11 * servicesMs(2000) / 1e3));
  }

  /** A lock of writers is none of packets. */
  @ParameterizedTest
  @EnumSource
  void packetsDoNotWaitForRulesThatAreWritten(EngineKind engine) {
    RunResult quiet = played(CHURN, engine, "10s", "calico-iptables", "{pods-per-node: 1000}");
    RunResult busy =
        played(CHURN, engine, "10s", "calico-iptables", "{pods-per-node: 1000, churn: 20/s}");

    assertThat(value(busy, Metric.P50)).isCloseTo(value(quiet, Metric.P50), within(0.5));
  }

  @Test
  void agentsHaveAComponentOfTheirOwn() {
    RunResult result =
        played(CHURN, EngineKind.PACKET, "5s", "calico-iptables", "{churn: 10/s}");

    assertThat(result.report().cpuTimes())
        .filteredOn(time -> time.component() == Component.AGENT)
        .isNotEmpty()
        .allMatch(time -> time.tenant() == CpuTime.NOBODY && time.cpu() == 7);
  }

  /** The hosts of a ring do the same and one is played, but what comes to them is not the same. */
  @Test
  void foldedHostsHaveAgentsOfTheirOwn() {
    RunResult result =
        Scenarios.play(Scenarios.ofText(folder, """
            experiment: folded
            engine: flow
            duration: 20s
            cluster: {hosts: 4, gpus: 1, receive: pod-core}
            network: {cni: calico-iptables, rules: {pods-per-node: 1000, churn: 1/s}}
            tenants: {red: {jobs: [train: {model: resnet50, ranks: 4, steps: 40}]}}
            """)).getFirst();

    assertThat(result.report().notes()).anyMatch(note -> note.startsWith("all hosts do the same"));
    List<CpuTime> agents =
        result.report()
            .cpuTimes()
            .stream()
            .filter(time -> time.component() == Component.AGENT)
            .toList();
    assertThat(agents).extracting(CpuTime::host).containsExactly(0, 1, 2, 3);
    assertThat(agents).extracting(CpuTime::busyPs).doesNotHaveDuplicates();
    assertThat(result.report().cpuTimes())
        .filteredOn(time -> time.component() == Component.COPY && time.host() == 3)
        .isNotEmpty();
  }

  /** Of both hosts together, per host and time. */
  private static double agentsBusyRatio(RunResult result) {
    double busyPs =
        result.report()
            .cpuTimes()
            .stream()
            .filter(time -> time.component() == Component.AGENT)
            .mapToDouble(CpuTime::busyPs)
            .sum();
    return busyPs / 2 / result.simulatedPs();
  }

  private RunResult play(EngineKind engine, String network, String rules) {
    return played(SCENARIO, engine, network, rules);
  }

  private RunResult played(String scenario, EngineKind engine, String... rest) {
    Object[] all = new Object[rest.length + 1];
    all[0] = Wiring.lowerCase(engine);
    System.arraycopy(rest, 0, all, 1, rest.length);
    List<RunResult> results =
        Scenarios.play(Scenarios.ofText(folder, scenario.formatted(all)));
    return results.stream()
        .filter(result -> result.run().alone().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static double value(RunResult result, Metric metric) {
    return JobMetrics.of(result, result.jobs().getFirst()).get(metric);
  }
}
