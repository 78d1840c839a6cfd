package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;

/** Networks spelled step by step, on hosts of the profile ref: its costs are those of the file. */
class NamedPathsTheoryTest {
  private static final String REQUESTS =
      "request-response: {from: client, to: server, bytes: 64B, count: 100}";

  /** Two medians of about 15 us, each to three digits. */
  private static final double RESOLUTION_US = 0.03;

  @TempDir
  Path folder;

  /**
   * One way, in ns: send small message 1670 and 64 B at 90 and 20 ps; cross veth 360, two bridges at 430
   * and 180, 100 rules at 20; TCP input 1400, wake and read message 1230 and 64 B at 165 ps. On one
   * core nothing overlaps.
   */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void aRoundTripOnOneCoreIsTheSumOfItsStepsTwice(String engine) {
    double onewayNs =
        1670 + 64 * 0.11 + 360 + 2 * (430 + 180) + 100 * 20 + 1400 + 1230 + 64 * 0.165;

    double us =
        measured(
            Metric.TRANSACTION, engine, "",
            "same-host: [cross veth, {bridge: 2}, {rules: {count: 100}}]", REQUESTS);

    assertThat(us).isCloseTo(2 * onewayNs / 1000, within(0.002 * onewayNs / 1000));
  }

  /** Every step costs what it costs alone: the difference of two chains is the hops between. */
  @Test
  void aLongerChainTakesItsFurtherHops() {
    double three = roundTripUs("same-host: [cross veth, {router: 3}]");
    double eight = roundTripUs("same-host: [cross veth, {router: 8}]");

    // route 350, cross second veth 180, both ways
    assertThat(eight - three).isCloseTo(2 * 5 * 0.53, within(RESOLUTION_US));
  }

  /** A set of nftables is a hash: 145 ns whatever it holds; 27 ns more for each doubling of a tree. */
  @Test
  void setsCostWhatTheirKindCosts() {
    double none = roundTripUs("same-host: [cross veth]");

    assertThat(roundTripUs("same-host: [cross veth, {set: {kind: nft hash, entries: 10000}}]"))
        .isCloseTo(none + 2 * 0.145, within(RESOLUTION_US));
    assertThat(roundTripUs("same-host: [cross veth, {set: {kind: nft interval, entries: 80}}]"))
        .isCloseTo(none + 2 * (0.280 + 3 * 0.027), within(RESOLUTION_US));
    assertThat(
        roundTripUs(
            "same-host: [cross veth, {set: {kind: ipset, entries: 9, prefix-lengths: 9}}]"))
                .isCloseTo(none + 2 * (0.290 + 8 * 0.019), within(RESOLUTION_US));
  }

  /** send datagram 800, UDP input 400, wake and read datagram 1000; 64 B copied at 40 ps, twice. */
  @Test
  void datagramsTakeTheSamePath() {
    double us =
        measured(
            Metric.TRANSACTION, "packet", "", "same-host: [cross veth, {repeat: {operation: route,"
                + " times: 2}}]",
            "request-response: {from: client, to: server, protocol: udp, bytes: 64B, count: 10}");

    double onewayNs = 1070 + 360 + 2 * 350 + 400 + 1230 + 2 * 64 * 0.04;
    assertThat(us).isCloseTo(2 * onewayNs / 1000, within(0.002 * onewayNs / 1000));
  }

  /**
   * Without offload a frame of 1448 bytes passes by itself: TCP output 1100, TCP input 1400, the veth of
   * 360 at 0.7 of it in a train, 0.275 ns a byte; calls and acknowledgements as rare as for 65,536
   * bytes: 700 + 900 and 0.55 (500 + 360 + 600).
   */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void withoutOffloadEveryFrameOfAStreamPaysItsPath(String engine) {
    double rareNs = (700 + 900 + 0.55 * (500 + 360 + 600)) * 1448 / 65_536;
    double frameNs = 1100 + 1400 + 0.7 * 360 + 1448 * 0.275 + rareNs;

    double gbps =
        measured(
            Metric.THROUGHPUT, engine, "gso: off, ", "same-host: [cross veth]",
            "stream: {from: client, to: server, duration: 20ms}");

    assertThat(gbps).isCloseTo(8 * 1448 / frameNs, within(0.02 * 8 * 1448 / frameNs));
  }

  /** A rule is searched, not run: in a train it costs what it costs alone. */
  @Test
  void rulesAreNotCheaperInATrain() {
    String stream = "stream: {from: client, to: server, duration: 20ms}";
    double without =
        measured(Metric.THROUGHPUT, "flow", "gso: off, ", "same-host: [cross veth]", stream);
    double with =
        measured(
            Metric.THROUGHPUT, "flow", "gso: off, ",
            "same-host: [cross veth, {rules: {count: 100}}]", stream);

    // 100 rules at 20 ns for each frame of 1448 bytes, and a few for acknowledgements
    double extraNs = 8 * 1448 / with - 8 * 1448 / without;
    assertThat(extraNs).isBetween(2000.0, 2000 * 1.02);
  }

  /** The outer headers come off the pod's packets, whether they leave the host or not. */
  @Test
  void aTunnelWithinTheHostTakesItsHeadersFromThePodsMtu() {
    Experiment experiment =
        scenario("", "same-host: [VXLAN encapsulate, VXLAN decapsulate]", REQUESTS);

    assertThat(RunExperiment.networks(experiment).getFirst().network().podMtuBytes())
        .isEqualTo(8950);
  }

  @Test
  void aNetworkBetweenHostsHasAWayOutAndAWayIn() {
    Experiment experiment =
        Scenarios.ofText(
            folder,
            """
                experiment: between
                cluster: {hosts: 2}
                network:
                  path:
                    send: [cross veth, {bridge: 1}, VXLAN encapsulate, queue]
                    receive: [VXLAN decapsulate, {bridge: 1}]
                tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 10MB}]}}
                """);

    RunExperiment.check(experiment);
    assertThat(Scenarios.value(Scenarios.outcomes(experiment), Metric.THROUGHPUT)).isPositive();
  }

  @Test
  void costsOfOnesOwnStandOverThoseOfTheProfile() throws IOException {
    Files.writeString(
        folder.resolve("own.csv"),
        "operation,unit,ns,ps_per_byte\ncross veth,super-packet,1360,\nmy filter,super-packet,500,\n");
    double profile = roundTripUs("same-host: [cross veth]");

    double own =
        measured(
            Metric.TRANSACTION, "packet", "", "same-host: [cross veth, my filter]", REQUESTS,
            "cluster: {hosts: 1, receive: same-core, costs: own.csv}");

    assertThat(own).isCloseTo(profile + 2 * 1.5, within(RESOLUTION_US));
  }

  /** What a run depends on is kept with its results, and tells it from others. */
  @Test
  void costsOfOnesOwnBelongToTheScenario() throws IOException {
    String text =
        text("cluster: {hosts: 1, costs: own.csv}", "path: {same-host: [cross veth]}", REQUESTS);
    WrongInput missing =
        catchThrowableOfType(WrongInput.class, () -> Scenarios.ofText(folder, text));
    Path file = folder.resolve("own.csv");
    String header = "operation,unit,ns,ps_per_byte\n";
    Files.writeString(file, header + "cross veth,super-packet,1360,\n");
    Experiment experiment = Scenarios.ofText(folder, text);
    Files.writeString(file, header + "cross veth,super-packet,1361,\n");

    assertThat(missing.lines()).containsExactly(
        folder.resolve("x.yaml") + ":2: costs: no file '" + file
            + "' to read; write the name of a CSV file of costs beside the scenario");
    assertThat(experiment.besides()).containsEntry("own.csv", file);
    assertThat(Scenarios.ofText(folder, text).sha256()).isNotEqualTo(experiment.sha256());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "same-host: [cross veth, VXLAN warp] | 3: same-host: no cost for 'VXLAN warp' in"
          + " kernel-costs.csv; add a row, or use one of [Calico",
      "same-host: [send call] | 3: same-host: 'send call' is no step of a path: it is charged for a"
          + " call of 64 KiB already; write one of [",
      "same-host: [{bridge: 0}] | 3: bridge: '0' is not a whole number from 1 to 1000; write one",
      "same-host: [{rules: {count: 0}}] | 3: count: '0' is not a whole number from 1 to 10000000;"
          + " write one",
      "same-host: [{rules: {kind: colour, count: 1}}] | 3: kind: 'colour' is not known; write one"
          + " of [address mismatch, address hit port miss, interface mismatch, comment, set,"
          + " conntrack state]",
      "same-host: [{set: {kind: heap}}] | 3: kind: 'heap' is not known; write one of [ipset, nft"
          + " hash, nft map, nft interval, ebpf hash, ebpf lpm]",
      "same-host: [{brige: 1}] | 3: unknown key 'brige' (bridge, router, repeat, rules, set); write"
          + " 'bridge'",
      "same-hos: [route] | 3: same-hos: unknown way 'same-hos'; write one of [send, receive,"
          + " same-host]",
      "send: [route] | 3: send: only one of send and receive; write both, or same-host alone for"
          + " pods of one host",
  })
  void whatNoPathCanHoldIsSaidWithItsLine(String path, String fault) {
    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class, () -> RunExperiment.check(scenario("", path, REQUESTS)));

    assertThat(wrong).isNotNull();
    assertThat(wrong.lines().getFirst()).contains("x.yaml:" + fault.strip());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "cni: cilium, path: {same-host: [route]} | path: cni names a network already; write one of the"
          + " two",
      "encapsulation: vxlan, path: {same-host: [route]} | encapsulation: a path has the tunnels that"
          + " it spells; write 'VXLAN encapsulate' and the like in it",
      "rules: {services: 3}, path: {same-host: [route]} | rules: a path has the rules that it"
          + " spells; write {rules: {count: …}} in it",
      "transport: cubic | network without cni and path; write one of the two",
      "cni: none, gso: off | gso: there are no hosts whose kernels could do without; write on, or"
          + " another cni",
  })
  void aNetworkIsDescribedOnce(String network, String fault) {
    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class,
            () -> RunExperiment.check(
                Scenarios.ofText(folder, text("cluster: {hosts: 1}", network, REQUESTS))));

    assertThat(wrong).isNotNull();
    assertThat(wrong.lines().getFirst()).endsWith("x.yaml:3: " + fault.strip());
  }

  @Test
  void aPathThatDoesNotLeaveTheHostIsForOneHost() {
    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class,
            () -> RunExperiment.check(
                Scenarios.ofText(
                    folder,
                    text("cluster: {hosts: 2}", "path: {same-host: [route]}", REQUESTS))));

    assertThat(wrong).isNotNull();
    assertThat(wrong.lines().getFirst())
        .endsWith(
            "x.yaml:3: path: no send and receive, and 2 hosts; write them, or cluster: {hosts: 1}");
  }

  private double roundTripUs(String path) {
    return measured(Metric.TRANSACTION, "packet", "", path, REQUESTS);
  }

  private double measured(
      Metric metric, String engine, String options, String path, String job) {
    return measured(
        metric, engine, options, path, job, "cluster: {hosts: 1, mtu: 1500, receive: same-core}");
  }

  private double measured(
      Metric metric, String engine, String options, String path, String job, String cluster) {
    Experiment experiment =
        Scenarios.ofText(
            folder, text(cluster, options + "path: {" + path + "}", job), "engine=" + engine);
    return Scenarios.value(Scenarios.outcomes(experiment), metric);
  }

  private Experiment scenario(String options, String path, String job) {
    return Scenarios.ofText(
        folder,
        text("cluster: {hosts: 1, receive: same-core}", options + "path: {" + path + "}", job));
  }

  private static String text(String cluster, String network, String job) {
    return "experiment: spelled\n" + cluster + "\nnetwork: {" + network + "}\nplacement: packed\n"
        + "tenants: {t: {jobs: [" + job + "]}}\n";
  }
}
