package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
  private static final Ports ENDLESS =
      new Ports(OptionalLong.empty(), Optional.empty(), Optional.empty(), Scheduling.Rule.FIFO,
          Optional.empty(), false);

  @TempDir
  Path folder;

  @Test
  void aShortScenarioHasADefaultForEverythingElse() {
    Scenario scenario = only("""
        experiment: smallest
        cluster: {hosts: 2}
        network: {cni: cilium}
        tenants: {blue: {jobs: [{stream: {from: a, to: b, bytes: 64MB}}]}}
        """);

    assertThat(scenario).isEqualTo(
        new Scenario(
            "smallest",
            1,
            EngineKind.PACKET,
            OptionalLong.empty(),
            OptionalLong.empty(),
            new Cluster(OptionalInt.of(2), 8, 4, "ref", Optional.empty(), Machine.NONE,
                OptionalLong.empty(),
                OptionalInt.empty(),
                Receive.RSS, OptionalInt.empty(), Optional.empty(), Optional.empty(), false, 1,
                OptionalLong.empty(), Map.of(),
                FabricSpec.Plain.SINGLE,
                OptionalLong.empty(), OptionalLong.empty(), 500_000, ENDLESS, RoutingKind.ECMP,
                500_000_000),
            new Network(Optional.of("cilium"), Optional.empty(), Encapsulation.DEFAULT,
                Encryption.NONE,
                Underlay.NONE, OptionalInt.empty(), Offload.ON, OptionalInt.empty(),
                Transport.Usual.CUBIC,
                new Rules(
                    OptionalInt.empty(), 0, 1, 0, OptionalLong.empty(), KubeProxy.IPTABLES,
                    Walk.NEW_ONLY),
                new Conntrack(262_144, OptionalLong.empty(), 0)),
            Placement.Rule.SPREAD,
            Map.of("blue", new TenantSpec(List.of(
                new Job.Stream("a", "b", 1, OptionalLong.of(64_000_000), OptionalLong.empty())),
                0, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), 0)),
            1,
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  void everythingCanBeWritten() {
    Scenario scenario = only("""
        experiment: everything
        seed: 7
        engine: flow
        duration: 12.5s
        window: 100ms
        cluster:
          hosts: 2
          cores: 16
          gpus: 2
          profile: seed10g
          nic: 10Gbps
          mtu: 9000
          receive: pod-core
          queues: 4
          smt: true
          pin: {client: {tx: 0, rx: 16}, server: {tx: 1, rx: 17}}
          link-delay: 1us
          switch-latency: 0s
        network:
          cni: flannel
          encapsulation: vxlan
          underlay: vlan
          pod-mtu: 8950
          rules: {services: 50, policies: 100, walk: every-packet}
        placement: {client: host1, server: host0}
        tenants:
          blue:
            jobs:
              - stream: {from: client, to: server, flows: 8, duration: 20ms}
              - request-response: {from: client, to: server, bytes: 1KiB, count: 20}
        repeat: 3
        """);

    Cluster cluster = scenario.cluster();
    assertThat(cluster.nicBitsPerSecond()).hasValue(10_000_000_000L);
    assertThat(cluster.cpus()).isEqualTo(32);
    assertThat(cluster.gpus()).isEqualTo(2);
    assertThat(cluster.pin().get("server")).isEqualTo(new Pin(1, 17));
    assertThat(scenario.durationPs()).hasValue(12_500_000_000_000L);
    assertThat(scenario.windowPs()).hasValue(100_000_000_000L);
    assertThat(scenario.network().rules()).isEqualTo(
        new Rules(
            OptionalInt.empty(), 50, 1, 100, OptionalLong.empty(), KubeProxy.IPTABLES,
            Walk.EVERY_PACKET));
    assertThat(scenario.tenants().get("blue").jobs()).containsExactly(
        new Job.Stream(
            "client", "server", 8, OptionalLong.empty(), OptionalLong.of(20_000_000_000L)),
        new Job.RequestResponse("client", "server", 1024, 20, false, Job.Carried.TCP));
    assertThat(scenario.pods()).containsExactly(
        new PodSpec("client", "blue", OptionalInt.of(1), false),
        new PodSpec("server", "blue", OptionalInt.of(0), false));
  }

  @Test
  void podsAreSpreadInTheOrderInWhichTheyAreNamed() {
    assertThat(only(scenarioOfSixPods("spread")).pods()).map(pod -> pod.host().getAsInt())
        .containsExactly(0, 1, 2, 0, 1, 2);
  }

  /** Five cores have room for two pods of two cores. */
  @Test
  void packedPodsFillOneHostAfterTheOther() {
    assertThat(only(scenarioOfSixPods("packed")).pods()).map(pod -> pod.host().getAsInt())
        .containsExactly(0, 0, 1, 1, 2, 2);
  }

  @Test
  void aMeasuredFileBesideTheScenarioIsFound() {
    Scenarios.write(folder, "x.csv", "point\n");

    assertThat(only(Scenarios.SMALL + "measured: x.csv\n").measured()).contains("x.csv");
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheScenario() {
    assertThat(only("\uFEFF" + Scenarios.SMALL).experiment()).isEqualTo("small");
  }

  @Test
  void theHashIsOfWhatTheScenarioSaysAndNotOfHowItIsWritten() {
    Experiment experiment = read(Scenarios.SMALL);

    assertThat(read("# why?\n" + Scenarios.SMALL + "\n").sha256()).isEqualTo(experiment.sha256());
    assertThat(read(Scenarios.SMALL, "cluster.hosts=2").sha256()).isEqualTo(experiment.sha256());
    assertThat(read(Scenarios.SMALL, "cluster.hosts=3").sha256())
        .isNotEqualTo(experiment.sha256())
        .matches("[0-9a-f]{64}");
  }

  @Test
  void theTextOfAnExperimentIsTheFile() {
    String text = "# Why?\n" + Scenarios.SMALL;

    assertThat(read(text).text()).isEqualTo(text);
  }

  @Test
  void theTextOfAnExperimentWithOverridesReadsBackAsTheSameExperiment() {
    Experiment experiment = read("# Why?\n" + Scenarios.SMALL, "network.rules.policies=10");

    assertThat(experiment.text()).isEqualTo("""
        # Why?
        experiment: small
        cluster:
          hosts: 2
        network:
          cni: cilium
          rules:
            policies: 10
        tenants:
          blue:
            jobs:
              - stream:
                  from: a
                  to: b
                  bytes: 1MB
        """);
    Experiment again = read(experiment.text());
    assertThat(again.sha256()).isEqualTo(experiment.sha256());
    assertThat(again.points().get(0).scenario()).isEqualTo(experiment.points().get(0).scenario());
  }

  private static String scenarioOfSixPods(String placement) {
    return """
        experiment: six
        cluster: {hosts: 3, cores: 5}
        network: {cni: cilium}
        placement: %s
        tenants:
          red:
            jobs:
              - stream: {from: p0, to: p1, bytes: 1B}
              - stream: {from: p0, to: p2, bytes: 1B}
          blue:
            jobs:
              - stream: {from: p3, to: p4, bytes: 1B}
              - stream: {from: p3, to: p5, bytes: 1B}
        """.formatted(placement);
  }

  private Scenario only(String text) {
    List<Point> points = read(text).points();
    assertThat(points).hasSize(1);
    return points.get(0).scenario();
  }

  private Experiment read(String text, String... overrides) {
    return Scenarios.read(folder, text, overrides);
  }
}
