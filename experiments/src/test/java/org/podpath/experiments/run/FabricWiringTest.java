package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Routing;
import org.podpath.engine.cluster.Tenant;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.FabricSpec;

/** From the words of a scenario to a fabric with pods on it. */
class FabricWiringTest {
  private static final String SCENARIO = """
      experiment: wired
      cluster: {hosts: 4, gpus: 2, nic: 100Gbps, fabric: single}
      network: {cni: host}
      placement: packed
      tenants: {blue: {jobs: [all-reduce: {ranks: 8, bytes: 1MB}]}}
      """;
  private static final String TWO_LEAVES = """
      switches: {leaf0: {}, leaf1: {}, spine0: {}}
      links:
        - {from: host0, to: leaf0}
        - {from: host1, to: leaf0}
        - {from: host2, to: leaf1}
        - {from: host3, to: leaf1}
        - {from: leaf0, to: spine0}
        - {from: leaf1, to: spine0}
      """;

  @TempDir
  private Path folder;

  /** One of each word of the catalogue. */
  static List<String> fabrics() {
    return List.of(
        "single", "{leaf-spine: {leaves: 2, spines: 2}}", "{fat-tree: {k: 4}}",
        "{rail-optimised: {spines: 2}}", "{two-sites: {wan: 10Gbps, wan-delay: 1ms}}",
        "{file: clos.yaml}");
  }

  @Test
  void everyWordOfTheCatalogueIsTried() {
    assertThat(fabrics().stream().map(text -> text.replaceAll("[{]?([a-z-]+).*", "$1")))
        .containsExactlyElementsOf(FabricSpec.catalogue().keySet());
  }

  @ParameterizedTest
  @MethodSource("fabrics")
  void anAllReduceEndsOnEveryFabricAndBothEngines(String fabric) {
    for (String engine : List.of("packet", "flow")) {
      Experiment experiment = experiment(SCENARIO.replace("fabric: single", "fabric: " + fabric),
          TWO_LEAVES, "engine=" + engine);
      RunExperiment.check(experiment);

      assertThat(Scenarios.play(experiment)).as(engine)
          .allMatch(result -> result.status().equals(RunResult.OK), "status ok");
    }
  }

  @ParameterizedTest
  @MethodSource("fabrics")
  void theSameScenarioHasTheSameResults(String fabric) {
    String text = SCENARIO.replace("fabric: single", "fabric: " + fabric);

    assertThat(collectiveUs(text)).isEqualTo(collectiveUs(text));
  }

  private List<Double> collectiveUs(String text) {
    return Scenarios.outcomes(experiment(text, TWO_LEAVES)).stream().map(Outcome::median).toList();
  }

  /** Eight ranks fill the GPUs of four hosts two by two; two rails. */
  @Test
  void onRailsThePodWithAGpuUsesTheCardOfItsIndex() {
    Cluster cluster =
        cluster(SCENARIO.replace("fabric: single", "fabric: {rail-optimised: {spines: 1}}"));

    assertThat(cluster.pods()).extracting(Pod::host).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    assertThat(cluster.pods()).extracting(Pod::card).containsExactly(0, 1, 0, 1, 0, 1, 0, 1);
    assertThat(cluster.route(1, 3, 0)).extracting(Link::name)
        .containsExactly("host0.card1.up", "host1.card1.down");
    assertThat(cluster.route(0, 3, 0)).extracting(Link::name)
        .containsExactly("host0.card0.up", "rail0.spine0", "spine0.rail1", "host1.card1.down");
  }

  /** Ranks on GPUs 0 and 1 of each host; of the servers, which need none, two on host 0. */
  @Test
  void podsWithoutAGpuUseTheCardsInTurn() {
    Cluster cluster =
        cluster(
            SCENARIO.replace("fabric: single", "fabric: {rail-optimised: {spines: 1}}")
                .replace("bytes: 1MB", "bytes: 1MB, algorithm: parameter-server, servers: 3"));

    List<Pod> servers = cluster.pods().subList(8, 11);
    assertThat(servers).extracting(Pod::host).containsExactly(0, 0, 0);
    assertThat(servers).extracting(Pod::card).containsExactly(0, 1, 0);
  }

  @Test
  void withOneCardEveryPodUsesIt() {
    assertThat(cluster(SCENARIO).pods()).extracting(Pod::card).containsOnly(0);
  }

  /** Four hosts on two leaves: hosts 0 and 1 on the first. */
  @Test
  void spreadPodsLieOnOneLeafAfterTheOther() {
    Cluster cluster =
        cluster(
            SCENARIO.replace("fabric: single", "fabric: {leaf-spine: {leaves: 2, spines: 1}}")
                .replace("packed", "spread"));

    assertThat(cluster.route(0, 1, 0)).hasSize(2);
    assertThat(cluster.route(0, 2, 0)).hasSize(4);
  }

  @Test
  void linksHaveTheRateAndTheMtuOfTheWireAndSwitchesTheirPorts() {
    Cluster cluster =
        cluster(SCENARIO.replace("fabric: single", "fabric: {leaf-spine: {leaves: 2, spines: 1,"
            + " uplink: 400Gbps}}, mtu: 9000, cable-length: 20m, ports: {buffer: 3MB},"
            + " routing: flowlet"));

    // 20 m of 5 ns and 500 ns of the switch
    assertThat(cluster.route(0, 7, 0)).extracting(Link::bitsPerSecond)
        .containsExactly(100_000_000_000L, 400_000_000_000L, 400_000_000_000L, 100_000_000_000L);
    assertThat(cluster.route(0, 7, 0)).extracting(Link::delayPs)
        .containsExactly(600_000L, 600_000L, 600_000L, 100_000L);
    assertThat(cluster.topology().links()).extracting(Link::mtuBytes).containsOnly(9000);
    assertThat(cluster.topology().switches()).extracting(s -> s.queues().bufferBytes())
        .containsOnly(3_000_000L);
    assertThat(cluster.topology().routing()).isEqualTo(new Routing.Flowlet(500_000_000));
  }

  @Test
  void aTenantHasItsTrafficClass() {
    Cluster cluster = cluster(SCENARIO.replace("blue: {", "blue: {traffic-class: 5, "));

    assertThat(cluster.tenants()).containsExactly(new Tenant(0, "blue", 5));
  }

  /** One switch drawn by hand is the single switch: the same times to the picosecond. */
  @Test
  void aDrawnSwitchIsTheSingleSwitch() {
    String drawn = """
        switches: {switch0: {}}
        links:
          - {from: host0, to: switch0}
          - {from: host1, to: switch0}
          - {from: host2, to: switch0}
          - {from: host3, to: switch0}
        """;
    String text = SCENARIO.replace("fabric: single", "fabric: {file: clos.yaml}");

    assertThat(Scenarios.outcomes(experiment(text, drawn)).stream().map(Outcome::median))
        .isEqualTo(Scenarios.outcomes(experiment(SCENARIO, drawn))
            .stream()
            .map(Outcome::median)
            .toList());
  }

  @Test
  void theHashOfAnExperimentIsAlsoOfWhatIsDrawn() {
    String text = SCENARIO.replace("fabric: single", "fabric: {file: clos.yaml}");
    String sha256 = experiment(text, TWO_LEAVES).sha256();

    assertThat(experiment(text, "# again\n" + TWO_LEAVES).sha256()).isEqualTo(sha256);
    assertThat(
        experiment(text, TWO_LEAVES.replace("leaf1, to: spine0", "leaf1, to: spine0, count: 2"))
            .sha256()).isNotEqualTo(sha256);
  }

  /** Each row stands for the fabric; packets of 9,000 bytes take 9,038 on the wire. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "single, ports: {buffer: 9037B} | buffer: 9037 bytes hold no packet, which takes up to 9038"
          + " on the wire; write at least 9038B",
      "single, ports: {buffer: 1MB, shared: 0.005} | shared: 0.005 times a buffer of 1000000 bytes"
          + " holds no packet, which takes up to 9038 on the wire; write more of either",
      "{two-sites: {wan: 1Gbps, wan-delay: 1ms, wan-mtu: 1500}} | wan-mtu: 1500 bytes are too few"
          + " for packets of 9000; write at least that, or a smaller network.pod-mtu",
  })
  void packetsHaveToFitPortsAndLinks(String fabric, String fault) {
    String text = SCENARIO.replace("fabric: single", "mtu: 9000, fabric: " + fabric);

    assertThat(faults(text, TWO_LEAVES)).containsExactly("x.yaml:2: " + fault);
  }

  /**
   * 100 Gb/s, 250 + 500 ns, and 1 µs in the sender's card (profile ref): 2.5 µs · 12.5 GB/s are 31,250
   * bytes; a pause frame takes 84 and two packets 18,076.
   */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "pause: {from: 40kB, to: 30kB, headroom: 20kB} | headroom: 20000 bytes do not hold the 49410"
          + " that may still come over host0.up (100.0 Gb/s, 0.7500 us) when its sender is told to"
          + " wait; write at least 49410B, or leave headroom out",
      "buffer: 80kB, pause: {from: 40kB, to: 30kB} | buffer: 80000 bytes are the part of each link,"
          + " and host0.up (100.0 Gb/s, 0.7500 us) needs 89410, from and headroom of pause; write at"
          + " least 89410B",
  })
  void switchesThatPauseHaveRoomForWhatStillComes(String ports, String fault) {
    String text = SCENARIO.replace("fabric: single", "mtu: 9000, ports: {" + ports + "}");

    assertThat(faults(text, TWO_LEAVES)).containsExactly("x.yaml:2: " + fault);
    assertThat(faults(text.replace("buffer: 80kB", "buffer: 89410B").replace("20kB", "49410B"),
        TWO_LEAVES)).isEmpty();
  }

  /** Flannel's VXLAN takes 50 bytes of each packet. */
  @Test
  void anMtuLeavesPodsWhatEveryHostTakes() {
    String text =
        SCENARIO.replace("fabric: single", "mtu: 600").replace("cni: host", "cni: flannel");

    assertThat(faults(text, TWO_LEAVES)).containsExactly(
        "x.yaml:2: mtu: 600 bytes less 50 of headers that flannel adds leave pods 550, and the least"
            + " is 576 (RFC 791); write at least 626");
    assertThat(faults(text.replace("mtu: 600", "mtu: 626"), TWO_LEAVES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n\n"})
  void anEmptyDrawingSaysWhatToWrite(String drawn) {
    String text = SCENARIO.replace("fabric: single", "fabric: {file: clos.yaml}");

    assertThat(faults(text, drawn)).containsExactly(
        "clos.yaml:1: an empty file; write switches, such as {leaf0: {}}, and links, such as"
            + " [{from: host0, to: leaf0}]");
  }

  @Test
  void eachClassOfTrafficHasAHeadroom() {
    String text =
        SCENARIO.replace("fabric: single",
            "mtu: 9000, ports: {buffer: 100kB, pause: {from: 40kB, to: 30kB}}")
            .replace("tenants: {blue: {jobs: [all-reduce: {ranks: 8, bytes: 1MB}]}}",
                "tenants: {blue: {jobs: [all-reduce: {ranks: 8, bytes: 1MB}]}, red: {traffic-class:"
                    + " 3, jobs: [stream: {from: a, to: b, bytes: 1MB}]}}");

    assertThat(faults(text, TWO_LEAVES)).singleElement()
        .asString()
        .contains("needs 178820, from and headroom of pause for each of 2 classes of traffic");
  }

  @Test
  void portsOfADrawnSwitchHaveRoomToo() {
    String drawn =
        TWO_LEAVES.replace("spine0: {}",
            "spine0: {ports: {buffer: 50kB, pause: {from: 40kB, to: 30kB}}}");
    String text = SCENARIO.replace("fabric: single", "mtu: 9000, fabric: {file: clos.yaml}");

    assertThat(faults(text, drawn)).singleElement()
        .asString()
        .startsWith("x.yaml:2: ports of spine0: buffer: 50000 bytes are the part of each link");
  }

  @Test
  void faultsOfTheScenarioAndOfWhatIsDrawnAreReportedTogether() {
    String text =
        SCENARIO.replace("fabric: single",
            "fabric: {file: clos.yaml}, mtu: 9000, ports: {buffer: 1B}");

    assertThat(faults(text, TWO_LEAVES.replace("leaf1, to: spine0", "leaf1, to: spine1")))
        .containsExactly(
            "x.yaml:2: buffer: 1 bytes hold no packet, which takes up to 9038 on the wire; write at"
                + " least 9038B",
            "clos.yaml:8: to: no switch and no host 'spine1'; write 'spine0', or one of [leaf0,"
                + " leaf1, spine0] or of [host0, …, host3]");
  }

  @Test
  void aDrawnLinkTakesThePacketsOfTheNetwork() {
    String text = SCENARIO.replace("fabric: single", "mtu: 9000, fabric: {file: clos.yaml}");
    String drawn = TWO_LEAVES.replace("leaf1, to: spine0", "leaf1, to: spine0, mtu: 8999");

    assertThat(faults(text, drawn)).containsExactly(
        "clos.yaml:8: mtu: 8999 bytes are too few for packets of 9000; write at least that, or a"
            + " smaller network.pod-mtu into the scenario");
    assertThat(faults(text.replace("cni: host", "cni: host, pod-mtu: 8000"), drawn)).isEmpty();
  }

  /**
   * Without its uplink leaf 1 is an island, which is a fault only to those who want to go there.
   */
  @Test
  void jobsNeedWaysBetweenTheirPods() {
    String island =
        TWO_LEAVES.replace("{from: leaf1, to: spine0}", "{from: spine0, to: leaf0, one-way: true}")
            .replace("{from: leaf0, to: spine0}", "{from: leaf0, to: spine0, one-way: true}");
    String text = SCENARIO.replace("fabric: single", "fabric: {file: clos.yaml}");

    assertThat(faults(text, island)).containsExactly(
        "x.yaml:2: file: no way leads from host0 to host2, and job blue/0 has pods on both; write"
            + " links between them into clos.yaml, or place the pods elsewhere");
    assertThat(faults(text.replace("ranks: 8", "ranks: 4"), island)).isEmpty();
  }

  /** 16 switches in a row and two cards' links are 17 links; the flow engine does not mind. */
  @Test
  void aWayThatIsTooLongForPacketsIsAFault() {
    StringBuilder row = new StringBuilder("switches: {s0: {}");
    for (int i = 1; i < 16; i++) {
      row.append(", s").append(i).append(": {}");
    }
    row.append("}\nlinks:\n");
    for (int i = 1; i < 16; i++) {
      row.append("  - {from: s%d, to: s%d}\n".formatted(i - 1, i));
    }
    for (int host = 0; host < 4; host++) {
      row.append("  - {from: host%d, to: s%d}\n".formatted(host, host < 2 ? 0 : 15));
    }
    String text = SCENARIO.replace("fabric: single", "fabric: {file: clos.yaml}");

    assertThat(faults(text, row.toString())).containsExactly(
        "x.yaml:2: file: the way from host0 to host2 crosses 17 links, the packet engine plays 15,"
            + " and job blue/0 has pods on both; write links between them into clos.yaml, or place"
            + " the pods elsewhere");
    assertThat(faults(text + "engine: flow\n", row.toString())).isEmpty();
  }

  /** Who has the results can draw the network again. */
  @Test
  void filesThatAScenarioNamesAreKnown() {
    String text = SCENARIO.replace("fabric: single", "fabric: {file: clos.yaml}");

    assertThat(experiment(text, TWO_LEAVES).besides())
        .containsExactly(java.util.Map.entry("clos.yaml", folder.resolve("clos.yaml")));
  }

  /** Two clients on the other leaf do not talk to each other; each has a way to the server. */
  @Test
  void clientsNeedWaysToTheirServersOnly() {
    String oneSwitchEach = """
        switches: {a: {}, b: {}, c: {}}
        links:
          - {from: host0, to: a}
          - {from: host1, to: b}
          - {from: host2, to: c}
          - {from: host3, to: a}
          - {from: a, to: b}
        """;
    String text = SCENARIO.replace("fabric: single", "fabric: {file: clos.yaml}")
        .replace("placement: packed", "placement: {blue-server-0: host1, blue-client-0: host0,"
            + " blue-client-1: %s}")
        .replace("all-reduce: {ranks: 8, bytes: 1MB}",
            "serve: {servers: 1, clients: 2, rate: 100/s,"
                + " requests: 10, request: 1kB, reply: 1kB, service: 1us}");
    String joined = oneSwitchEach + "  - {from: c, to: b, one-way: true}\n";

    assertThat(faults(text.formatted("host3"), joined)).isEmpty();
    assertThat(faults(text.formatted("host2"), joined)).containsExactly(
        "x.yaml:2: file: no way leads from host1 to host2, and job blue/0 has pods on both; write"
            + " links between them into clos.yaml, or place the pods elsewhere");
  }

  private Cluster cluster(String text) {
    return new Wiring(experiment(text, TWO_LEAVES).points().getFirst()).cluster();
  }

  private List<String> faults(String text, String drawn) {
    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class, () -> RunExperiment.check(experiment(text, drawn)));
    return wrong == null
        ? List.of()
        : wrong.lines().stream().map(line -> line.replace(folder + "/", "")).toList();
  }

  private Experiment experiment(String text, String drawn, String... overrides) {
    try {
      Files.writeString(folder.resolve("clos.yaml"), drawn);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Scenarios.ofText(folder, text, overrides);
  }
}
