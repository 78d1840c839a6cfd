package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.FatTree;
import org.podpath.engine.cluster.LeafSpine;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.RailOptimised;
import org.podpath.engine.cluster.Routing;
import org.podpath.engine.cluster.SingleSwitch;
import org.podpath.engine.cluster.TwoSites;

class FabricSpecTest {
  @TempDir
  Path folder;

  static Stream<Arguments> shapes() {
    Cable wan = new Cable(10_000_000_000L, 5_000_000_000L, Link.ANY_MTU_BYTES);
    return Stream.of(
        Arguments.of("{hosts: 2}", 2, new SingleSwitch()),
        Arguments.of("{hosts: 2, fabric: single}", 2, new SingleSwitch()),
        // 7 hosts on 2 leaves: 4 on each
        Arguments.of("{hosts: 7, fabric: {leaf-spine: {leaves: 2, spines: 3}}}", 7,
            new LeafSpine(2, 3, 4)),
        Arguments.of("{fabric: {leaf-spine: {leaves: 2, spines: 1, hosts-per-leaf: 5}}}", 10,
            new LeafSpine(2, 1, 5)),
        // k = 8: 32 edge switches of 4 hosts; at 1.5 to 1 of 6
        Arguments.of("{fabric: {fat-tree: {k: 8}}}", 128, new FatTree(8, 4)),
        Arguments.of("{fabric: {fat-tree: {k: 8, oversubscription: 1.5}}}", 192, new FatTree(8, 6)),
        Arguments.of("{hosts: 5, fabric: {fat-tree: {k: 4}}}", 5, new FatTree(4, 2)),
        Arguments.of("{hosts: 3, gpus: 8, fabric: {rail-optimised: {spines: 4}}}", 3,
            new RailOptimised(8, 4)),
        Arguments.of("{hosts: 3, gpus: 0, fabric: {rail-optimised: {rails: 2, spines: 1}}}", 3,
            new RailOptimised(2, 1)),
        Arguments.of("{hosts: 3, fabric: {two-sites: {wan: 10Gbps, wan-delay: 5ms}}}", 3,
            new TwoSites(new SingleSwitch(), wan)),
        // 5 hosts are 3 and 2: 2 on each of the leaves of a site
        Arguments.of("{hosts: 5, fabric: {two-sites: {site: {leaf-spine: {leaves: 2, spines: 1}},"
            + " wan: 10Gbps, wan-delay: 5ms}}}", 5, new TwoSites(new LeafSpine(2, 1, 2), wan)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aFabricIsWhatTheScenarioSays(
      String cluster, int hosts, org.podpath.engine.cluster.Fabric fabric) {
    Cluster read = read(cluster);

    assertThat(read.hostCount()).isEqualTo(hosts);
    assertThat(read.fabric().shape(read.hostCount(), read.gpus())).contains(fabric);
  }

  @Test
  void portsAreWhatTheScenarioSays() {
    Ports ports = read(
        """
            {hosts: 2, ports: {buffer: 2MB, ecn: {red: {low: 5kB, high: 200kB, most: 0.01}},
              scheduling: {round-robin: [1kB, 2kB, 3kB, 4kB, 5kB, 6kB, 7kB, 8kB]},
              pause: {from: 100kB, to: 90kB, headroom: 50kB}, cut-through: true}}""")
            .ports();

    assertThat(ports.queues()).isEqualTo(
        new PortQueues(
            2_000_000,
            Optional.empty(),
            Optional.of(new PortQueues.Marking.Red(5_000, 200_000, 0.01)),
            new PortQueues.Scheduling.DeficitRoundRobin(
                List.of(1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000)),
            Optional.of(new PortQueues.Pause(100_000, 90_000, 50_000)),
            true));
  }

  @Test
  void portsShareABufferAsTheScenarioSays() {
    assertThat(read("{hosts: 2, ports: {buffer: 2MB, shared: 0.5}}").ports().queues().sharing())
        .contains(new PortQueues.DynamicThreshold(0.5));
  }

  @Test
  void portsOfWhichNothingIsSaidNeverDrop() {
    assertThat(read("{hosts: 2}").ports().queues()).isEqualTo(PortQueues.ENDLESS);
    assertThat(read("{hosts: 2, ports: {buffer: endless, shared: none, ecn: none, pause: none}}")
        .ports()).isEqualTo(read("{hosts: 2}").ports());
  }

  @Test
  void aBufferAloneIsThatOfEachPort() {
    assertThat(read("{hosts: 2, ports: {buffer: 1MB, ecn: {step: 100kB}}}").ports().queues())
        .isEqualTo(PortQueues.fifo(1_000_000).with(new PortQueues.Marking.Step(100_000)));
  }

  @Test
  void aBadCableNeedsNoBuffer() {
    assertThat(read("{hosts: 2, ports: {ecn: {random: 0.001}}}").ports().queues())
        .isEqualTo(PortQueues.ENDLESS.with(new PortQueues.Marking.Random(0.001)));
  }

  @Test
  void routingIsWhatTheScenarioSays() {
    assertThat(read("{hosts: 2}").wayRule()).isEqualTo(new Routing.Ecmp());
    assertThat(read("{hosts: 2, routing: spray}").wayRule()).isEqualTo(new Routing.Spray());
    assertThat(read("{hosts: 2, routing: flowlet}").wayRule())
        .isEqualTo(new Routing.Flowlet(500_000_000));
    assertThat(read("{hosts: 2, routing: flowlet, flowlet-gap: 20us}").wayRule())
        .isEqualTo(new Routing.Flowlet(20_000_000));
  }

  /** 5 ns a metre: 30 m take 150 ns. */
  @Test
  void aLinkDelaysAsLongAsItIsSaidToOrAsItsCable() {
    assertThat(read("{hosts: 2}").delayPs()).isEqualTo(250_000);
    assertThat(read("{hosts: 2, link-delay: 1us}").delayPs()).isEqualTo(1_000_000);
    assertThat(read("{hosts: 2, cable-length: 30m}").delayPs()).isEqualTo(150_000);
  }

  @Test
  void everyShapeIsListedInASentence() {
    assertThat(FabricSpec.catalogue().keySet()).containsExactly(
        "single", "leaf-spine", "fat-tree", "rail-optimised", "two-sites", "file");
    assertThat(FabricSpec.catalogue().values()).allMatch(says -> says.matches("[A-Z].*\\."));
  }

  /** What the engine can draw can be asked for. */
  @Test
  void everyFabricOfTheEngineHasItsWord() {
    Stream<String> ofTheEngine =
        Stream.concat(
            Stream.of(org.podpath.engine.cluster.Fabric.class.getPermittedSubclasses()),
            Stream.of(org.podpath.engine.cluster.Site.class.getPermittedSubclasses()))
            .filter(Class::isRecord)
            .map(kind -> org.podpath.experiments.yaml.Parameter.kebab(kind.getSimpleName()))
            .map(word -> word.equals("single-switch") ? "single" : word);

    assertThat(FabricSpec.catalogue().keySet()).containsAll(ofTheEngine.toList());
  }

  @Test
  void whatAShapeLeavesOpenIsThere() {
    assertThat(read("{hosts: 2}").fabric().uplinkBitsPerSecond()).isEqualTo(OptionalLong.empty());
    assertThat(FabricSpec.Plain.SINGLE.usualHosts()).isEqualTo(OptionalInt.empty());
    assertThat(
        read("{hosts: 2, fabric: {two-sites: {site: {leaf-spine: {leaves: 1, spines: 1, uplink:"
            + " 40Gbps}}, wan: 1Gbps, wan-delay: 1ms}}}").fabric().uplinkBitsPerSecond())
                .hasValue(40_000_000_000L);
  }

  private Cluster read(String cluster) {
    String text = Scenarios.SMALL.replace("{hosts: 2}", cluster);
    return Scenarios.read(folder, text).points().get(0).scenario().cluster();
  }
}
