package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.datapath.Uncontended.Step;

/**
 * One stream and one message between two pods of profile {@code seed10g}, against formulas written
 * out by hand: t, r and i are a network's times in the host's namespace on the way out, on the way
 * in and between two pods of a host, in ns of the reference core.
 */
class UncontendedTheoryTest {
  private static final HostProfile PROFILE = Profiles.of("seed10g");
  private static final double SLOWNESS = 2.85;
  private static final double COLD = 3.3;
  private static final double SMT_SHARE = 0.66;
  private static final double GIGABITS = 10;

  private static final double SENT_BYTES = 65_536;
  private static final int HEADERS = 52; // IP 20, TCP 20, timestamps 12
  private static final int ETHERNET = 38;
  private static final int CLIENT = 0;
  private static final int SIBLING = 1;
  private static final int SERVER = 2;

  /** What passes for each byte, as many as were played, and how many of them find a core cold. */
  private record Passed(double packets, double answers, double readerAnswers, double interrupts,
      double answerInterrupts, double coldSent, double coldAnswered, double coldReceived,
      double coldAnswers) {}

  /** Frames, r, TCP, wake-up and copy of a byte, its acknowledgements and interrupts. */
  private static double receivedNs(double frameBytes, double t, double r, Passed passed) {
    return (120 + 60) / frameBytes + passed.packets * (r + 1400 + 900) + 0.18
        + (passed.answers + passed.readerAnswers) * (500 + t + 80) + passed.interrupts * 900
        + (COLD - 1) * (passed.coldReceived * r + passed.coldAnswers * t);
  }

  /** Call, copy, TCP, t, driver and frames of a byte, and acknowledgements coming in. */
  private static double sentNs(double frameBytes, double t, double r, Passed passed) {
    return (700 + 1100 + t + 80) / SENT_BYTES + 0.114 + 60 / frameBytes
        + (passed.answers + passed.readerAnswers) * (120 + 600 + r)
        + passed.answerInterrupts * 900
        + (COLD - 1) * (passed.coldSent * t + passed.coldAnswered * r);
  }

  /** In order: what is sent, the answers that come back, what polls take, their answers, reading. */
  private static Passed passed(Uncontended way) {
    List<Demand.OnCpu> onCpus =
        way.streamDemands()
            .stream()
            .filter(Demand.OnCpu.class::isInstance)
            .map(Demand.OnCpu.class::cast)
            .toList();
    double polled = onCpus.get(3).perByte().packets();
    return new Passed(
        onCpus.get(2).perByte().packets(), polled, onCpus.get(1).perByte().packets() - polled,
        onCpus.get(2).perByte().interrupts(), onCpus.get(1).perByte().interrupts(),
        onCpus.get(0).coldPerByte(), onCpus.get(1).coldPerByte(), onCpus.get(2).coldPerByte(),
        onCpus.get(3).coldPerByte());
  }

  @ParameterizedTest
  @CsvSource({
      "host, 0, 0, 980, 980",
      "flannel, 50, 0, 3560, 3880",
      "calico-iptables, 20, 0, 3190, 3260",
      "calico-ebpf, 50, 0, 1700, 1460",
      "cilium, 50, 0, 1380, 1100",
      "ovn-kubernetes, 58, 0, 2720, 2820",
      "sriov, 0, 4, 0, 0",
      "macvlan, 0, 0, 0, 120"})
  void aStreamBetweenHostsIsHeldBackByTheWireOrByACore(
      String id, int headers, int tag, double t, double r) {
    double frameBytes = 9000 - headers - HEADERS;
    double line = GIGABITS * frameBytes / (9000 + tag + ETHERNET);
    Uncontended way = way(id, CLIENT, SERVER);
    Passed passed = passed(way);
    double receiver = 8 / (SLOWNESS * receivedNs(frameBytes, t, r, passed));
    double sender = 8 / (SLOWNESS * sentNs(frameBytes, t, r, passed));

    assertThat(1 / passed.packets).isBetween(4 * frameBytes, 7 * frameBytes);
    // one that is a single frame is answered together with the next
    assertThat(passed.answers).isBetween(0.6 * passed.packets, 1.01 * passed.packets);
    assertThat(gigabits(way, "host0.up")).isCloseTo(line, within(1e-9));
    assertThat(gigabits(way, "host1.cpu1")).isCloseTo(receiver, within(1e-9));
    assertThat(gigabits(way, "host0.cpu0")).isCloseTo(sender, within(1e-9));
    assertThat(gigabits(way)).isCloseTo(Math.min(line, Math.min(receiver, sender)), within(1e-9));
  }

  /** Both pods on one core's two threads: the slower of them at 0.66 of a core's speed. */
  @ParameterizedTest
  @CsvSource({
      "host, 0",
      "flannel, 1950",
      "calico-iptables, 2790",
      "calico-ebpf, 1300",
      "cilium, 1060",
      "ovn-kubernetes, 1790",
      "macvlan, 480"})
  void aStreamInsideAHostIsHeldBackByAThread(String id, double i) {
    double sender = 700 + 0.11 * SENT_BYTES + 1100 + 1400 + i + 0.55 * (500 + 600 + i);
    double reader = 900 + 0.165 * SENT_BYTES;
    double expected = 8 * SENT_BYTES * SMT_SHARE / (SLOWNESS * Math.max(sender, reader));

    assertThat(gigabits(way(id, CLIENT, SIBLING))).isCloseTo(expected, within(1e-9));
  }

  /**
   * There and back, every core cold: message out and in on each side, moderation 11 µs, cards
   * 2 µs, links 2 · 0.25 µs, switch 0.5 µs, and a frame of one byte twice at 0.8 ns per byte.
   */
  @ParameterizedTest
  @CsvSource({
      "host, 0, 0, 980, 980",
      "flannel, 50, 0, 3560, 3880",
      "calico-iptables, 20, 0, 3190, 3260",
      "calico-ebpf, 50, 0, 1700, 1460",
      "cilium, 50, 0, 1380, 1100",
      "ovn-kubernetes, 58, 0, 2720, 2820",
      "sriov, 0, 4, 0, 0",
      "macvlan, 0, 0, 0, 120"})
  void aMessageAndItsReplyTakeTheSumOfTheirStages(
      String id, int headers, int tag, double t, double r) {
    double stackNs = 1670 + 80 + 900 + 120 + 2630 + 0.114 + 0.18;
    double wiresNs = 11_000 + 3_000 + 2 * 0.8 * (1 + HEADERS + headers + tag + ETHERNET);
    double expectedNs = 2 * SLOWNESS * (stackNs + COLD * (t + r)) + 2 * wiresNs;

    assertThat(roundTripNs(id, CLIENT, SERVER)).isCloseTo(expectedNs, within(0.001));
  }

  @ParameterizedTest
  @CsvSource({"host, 0", "flannel, 1950", "cilium, 1060", "macvlan, 480"})
  void aMessageInsideAHostMeetsNoCardAndNoInterrupt(String id, double i) {
    double stackNs = 1670 + 2630 + 0.11 + 0.165;
    double expectedNs = 2 * SLOWNESS * (stackNs + COLD * i) / SMT_SHARE;

    assertThat(roundTripNs(id, CLIENT, SIBLING)).isCloseTo(expectedNs, within(0.001));
  }

  /** Gb/s between hosts and inside one, and the round trip in µs: Medarametla 2023, Table 1. */
  @ParameterizedTest
  @CsvSource({
      "flannel, 6.5, 7.3, 8.2, 9.1, 180, 220",
      "calico-iptables, 6.8, 7.5, 7.8, 8.9, 170, 210",
      "calico-ebpf, 8.1, 8.9, 9.3, 9.8, 95, 130",
      "cilium, 8.3, 9.1, 9.4, 9.9, 90, 125",
      "ovn-kubernetes, 7.2, 8.1, 8.5, 9.2, 150, 190",
      "sriov, 9.7, 9.9, 9.8, 10.0, 45, 70"})
  void theProfileIsTheOneThatWasCalibrated(
      String id, double interLow, double interHigh, double intraLow, double intraHigh,
      double roundTripLow, double roundTripHigh) {
    assertThat(gigabits(way(id, CLIENT, SERVER))).isBetween(interLow, interHigh);
    assertThat(gigabits(way(id, CLIENT, SIBLING))).isBetween(intraLow, intraHigh);
    assertThat(roundTripNs(id, CLIENT, SERVER) / 1000).isBetween(roundTripLow, roundTripHigh);
  }

  /** Rate at which the tightest resource carries payload. */
  private static double gigabits(Uncontended way) {
    return loads(way).values().stream().mapToDouble(s -> 8 / s / 1e9).min().orElseThrow();
  }

  private static double gigabits(Uncontended way, String resource) {
    return 8 / loads(way).get(resource) / 1e9;
  }

  /** Seconds of every resource that a byte takes. */
  private static Map<String, Double> loads(Uncontended way) {
    return way.streamDemands()
        .stream()
        .collect(
            Collectors.groupingBy(
                UncontendedTheoryTest::resource, Collectors.summingDouble(Demand::secondsPerByte)));
  }

  private static String resource(Demand demand) {
    return switch (demand) {
      case Demand.OnCpu on -> on.host().name() + ".cpu" + on.cpu();
      case Demand.OnLink on -> on.link().name();
      case Demand.OnFunction on -> "function of pod " + on.pod();
    };
  }

  private static double roundTripNs(String id, int from, int to) {
    return coldMessageNs(way(id, from, to)) + coldMessageNs(way(id, to, from));
  }

  private static double coldMessageNs(Uncontended way) {
    double sumPs = 0;
    for (Step step : way.messageSteps(1, false)) {
      sumPs +=
          switch (step) {
            case Step.Pass pass -> way.passPs(pass, 1, false);
            case Step.Wait wait -> wait.delayPs();
            case Step.Ring ring -> ring.delayPs();
            case Step.Beside beside -> 0;
          };
    }
    return sumPs / 1000;
  }

  /**
   * The client sends on CPU 0 and reads on 1, as does the server on the other host; the client's
   * neighbour sends on 3 and reads on 2, the sibling threads of 1 and 0. Pods of a network that
   * turns round in the network card have whole cores.
   */
  private static Uncontended way(String id, int from, int to) {
    Kernel kernel = new Kernel(PROFILE);
    Cni cni = CniCatalog.of(id).plain(kernel);
    int podMtuBytes = 9000 - cni.send().headerBytes();
    Network network = new Network(cni, TcpStack.on(kernel), podMtuBytes, 9000);
    boolean siblings = from != SERVER && to != SERVER && cni.sameHost().isPresent();
    List<Host> hosts = List.of(host(0, siblings), host(1, false));
    Topology topology = Topology.oneSwitch(hosts, PROFILE.nicBitsPerSecond(), 250_000, 500_000);
    List<Pod> pods =
        List.of(
            new Pod(CLIENT, "client", 0, 0, 0, 1, 0), new Pod(SIBLING, "neighbour", 0, 0, 3, 2, 0),
            new Pod(SERVER, "server", 1, 0, 0, 1, 0));
    Cluster cluster = new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
    return new Uncontended(cluster, new NetworkPaths(network), from, to, 0, 0);
  }

  /** Two cores with two threads each, or four cores. */
  private static Host host(int id, boolean smt) {
    return new Host(id, "host" + id, PROFILE, smt ? 2 : 4, smt, Receive.POD_CORE, 1);
  }
}
