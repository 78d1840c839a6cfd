package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.cni.Variants.Variant;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Lookup;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;
import org.podpath.engine.datapath.Stage;

/** Rules that hold for every container network, on every profile, with every encapsulation. */
class CniCatalogTest {
  static Stream<Variant> variants() {
    return Variants.all();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void unwrapsEveryHeaderItWraps(Variant variant) {
    Cni cni = variant.plain();

    assertThat(cni.send().headerBytes()).isEqualTo(variant.encapsulation().headerBytes());
    assertThat(cni.receive().headerBytes()).isEqualTo(-cni.send().headerBytes());
    assertThat(cni.send().tagBytes()).isNotNegative();
    assertThat(cni.receive().tagBytes()).isEqualTo(-cni.send().tagBytes());
    cni.sameHost().ifPresent(path -> {
      assertThat(path.headerBytes()).isZero();
      assertThat(path.tagBytes()).isZero();
    });
  }

  @ParameterizedTest
  @MethodSource("variants")
  void isCalledAsInTheCatalogue(Variant variant) {
    assertThat(variant.plain().name()).isEqualTo(variant.network().id());
    assertThat(CniCatalog.of(variant.network().id())).isEqualTo(variant.network());
  }

  /**
   * The engines cut once on the way out, join once on the way in, but for sleeve, and never inside a host.
   */
  @ParameterizedTest
  @MethodSource("variants")
  void meetsTheNetworkCardWhereTheEnginesExpectIt(Variant variant) {
    Cni cni = variant.plain();
    List<Stage> out = cni.send().stages();
    List<Stage> in = cni.receive().stages();
    Assumptions.assumeThat(variant.network()).isNotEqualTo(CniCatalog.NO_HOSTS);
    Assumptions.assumeThat(cni.polls()).isFalse();
    Assumptions.assumeThat(variant.network().hasVerbsAlone()).isFalse();

    assertThat(out).filteredOn(Stage.Split.class::isInstance).hasSize(1);
    assertThat(out).noneMatch(Stage.Merge.class::isInstance);
    assertThat(out.getLast()).isInstanceOf(Stage.Delay.class);
    assertThat(in).filteredOn(Stage.Merge.class::isInstance)
        .hasSize(variant.encapsulation() == Encapsulation.SLEEVE ? 0 : 1);
    assertThat(in).noneMatch(Stage.Split.class::isInstance);
    assertThat(in).filteredOn(s -> s.hook() == Hook.INTERRUPT && s instanceof Stage.Work)
        .hasSize(1);
    assertThat(cni.receive().moderationPs())
        .isEqualTo(Profiles.of(variant.profile()).moderationPs());
    cni.sameHost()
        .ifPresent(
            path -> assertThat(path.stages())
                .noneMatch(s -> s instanceof Stage.Split || s instanceof Stage.Merge)
                .noneMatch(Stage.Delay.class::isInstance));
  }

  /**
   * What a pod does is the same wherever its frames go or come from; a switch sees single frames, one
   * core takes them on each way, and nothing moderates what interrupts the pod.
   */
  @ParameterizedTest
  @MethodSource("variants")
  void aSwitchThatPollsStandsBetweenPodsAndTheWire(Variant variant) {
    Cni cni = variant.plain();
    Assumptions.assumeThat(cni.polls()).isTrue();
    List<Stage> out = cni.send().stages();
    List<Stage> in = cni.receive().stages();
    List<Stage> inside = cni.sameHost().orElseThrow().stages();
    int handedOver = polling(out);
    int got = in.size() - in.indexOf(interruptOf(in));

    assertThat(out.subList(0, handedOver)).hasAtLeastOneElementOfType(Stage.Split.class);
    assertThat(out.getLast()).isInstanceOf(Stage.Delay.class);
    assertThat(inside.subList(0, handedOver)).isEqualTo(out.subList(0, handedOver));
    assertThat(inside.subList(inside.size() - got, inside.size()))
        .isEqualTo(in.subList(in.size() - got, in.size()));
    for (Datapath way : Variants.ways(cni)) {
      assertThat(way.stages()).filteredOn(s -> s instanceof Stage.Handoff h
          && h.to() == CoreRole.POLLING).hasSize(1);
      assertThat(way.pollWaitPs()).isEqualTo(1_000_000);
      assertThat(way.moderationPs()).isZero();
    }
  }

  private static int polling(List<Stage> way) {
    return way.indexOf(
        way.stream()
            .filter(s -> s instanceof Stage.Handoff h && h.to() == CoreRole.POLLING)
            .findFirst()
            .orElseThrow());
  }

  private static Stage interruptOf(List<Stage> way) {
    return way.stream()
        .filter(s -> s.hook() == Hook.INTERRUPT && s instanceof Stage.Work)
        .findFirst()
        .orElseThrow();
  }

  /**
   * In ns of the reference core, for a frame without bytes and for each byte:
   *
   * <ul>
   * <li>ovs-dpdk: 220 vhost-user and 0.06 for a byte, 2 look-ups of 120 with VXLAN; inside 1 look-up
   * and two rings
   * <li>vpp: 90 for the graph, whatever it does
   * <li>vpp-memif: the same and 0.06 for a byte at each end with a pod
   * </ul>
   */
  @ParameterizedTest
  @CsvSource({
      "ovs-dpdk, 460, 460, 560, 0.06, 0.12",
      "vpp, 90, 90, 90, 0, 0",
      "vpp-memif, 90, 90, 90, 0.06, 0.12"})
  void aFrameKeepsACoreThatPollsBusyForTheSumOfItsStages(
      String id, double sendNs, double receiveNs, double insideNs, double nsPerByte,
      double insideNsPerByte) {
    Variant variant = new Variant(CniCatalog.of(id), "ref", Encapsulation.VXLAN);
    HostPaths.Polled polled = paths(variant.plain(), variant).polled().orElseThrow();

    assertThat(polled.send().framePs(0)).isEqualTo(1e3 * sendNs);
    assertThat(polled.receive().framePs(0)).isEqualTo(1e3 * receiveNs);
    assertThat(polled.local().framePs(0)).isEqualTo(1e3 * insideNs);
    assertThat(polled.send().framePs(1_000)).isEqualTo(1e3 * (sendNs + 1_000 * nsPerByte));
    assertThat(polled.receive().framePs(1_000))
        .isEqualTo(1e3 * (receiveNs + 1_000 * nsPerByte));
    assertThat(polled.local().framePs(1_000))
        .isEqualTo(1e3 * (insideNs + 1_000 * insideNsPerByte));
  }

  /** 16,384 connections in a cache of 8,192: half of the frames try 1.5 further subtables of 60 ns. */
  @Test
  void theExactMatchCacheForgetsFlowsOfManyConnections() {
    Variant variant = new Variant(CniCatalog.OVS_DPDK, "ref", Encapsulation.NONE);
    Lookup.Connections many = new Lookup.Connections(1 << 20, 1 << 20, 16_384);
    Cni crowded = variant.with(NodeRules.NONE, many);

    double plainPs = paths(variant.plain(), variant).polled().orElseThrow().send().framePs(0);
    assertThat(paths(crowded, variant).polled().orElseThrow().send().framePs(0) - plainPs)
        .isEqualTo(0.5 * 1.5 * 60_000);
  }

  /** Cold cores and trains of frames are matters of kernels. */
  @ParameterizedTest
  @MethodSource("variants")
  void aCoreThatPollsIsNeverCold(Variant variant) {
    paths(variant.plain(), variant)
        .polled()
        .ifPresent(
            polled -> assertThat(
                List.of(polled.send(), polled.receive(), polled.local()))
                    .allMatch(turn -> turn.segment().coldExtraPs() == 0)
                    .allMatch(turn -> turn.segment().core() == CoreRole.POLLING));
  }

  /** Softirq then reader on the way in; sender then reader inside a host. */
  @ParameterizedTest
  @MethodSource("variants")
  void runsOnTheCoresThatTheEnginesExpect(Variant variant) {
    HostPaths paths = paths(variant.plain(), variant);

    assertThat(paths.streamSend().core()).isEqualTo(CoreRole.APP);
    assertThat(paths.messageSend().core()).isEqualTo(CoreRole.APP);
    assertThat(paths.acknowledgementSend().core()).isEqualTo(CoreRole.SOFTIRQ);
    assertThat(paths.acknowledgementReceive().core()).isEqualTo(CoreRole.SOFTIRQ);
    assertThat(paths.streamReceive()).extracting(Segment::core)
        .containsExactly(CoreRole.SOFTIRQ, CoreRole.APP);
    assertThat(paths.messageReceive()).extracting(Segment::core)
        .containsExactly(CoreRole.SOFTIRQ, CoreRole.APP);
    paths.local().ifPresent(local -> {
      assertThat(local.stream()).extracting(Segment::core)
          .containsExactly(CoreRole.APP, CoreRole.APP);
      assertThat(local.message()).hasSize(2);
    });
  }

  @ParameterizedTest
  @MethodSource("variants")
  void nothingCostsLessThanNothing(Variant variant) {
    for (Datapath way : Variants.ways(variant.with(1_000, 1_000, true))) {
      for (Per unit : Per.values()) {
        for (Component component : Component.values()) {
          assertThat(segment(way, variant).ps(unit, component)).isNotNegative();
        }
      }
    }
  }

  /**
   * Sums of the stages in the host's namespace, in ns of the reference core, a rule at 20 ns. Send,
   * receive and same host; −1: through the network card.
   *
   * <ul>
   * <li>host: 660 conntrack + 16 rules 320 each way; loopback meets none
   * <li>flannel: 360 veth + 430 bridge + 660 + 320 + 350 route + 1320 VXLAN + 120 queue; 1760 + 660
   * + 320 + 350 + 430 + 360; 360 + 430 + 660 + 320 + 180
   * <li>calico-iptables: 360 + 660 + 62 rules 1240 + 350 + 460 IPIP + 120; 650 + 660 + 1240 + 350 +
   * 360; 360 + 660 + 1240 + 350 + 180
   * <li>calico-ebpf: 360 + 760 program + 140 route + 440 VXLAN; 420 + 680 + 360; 360 + 760 + 180
   * <li>cilium: 360 + 580 program + 440 VXLAN; 420 + 200 + 360 programs + 120 redirect; 360 + 580 +
   * 120
   * <li>ovn-kubernetes: 360 + 3 · 280 flows + 2 · 460 zones + 600 Geneve; 700 + 840 + 920 + 360;
   * 360 + 2 · 280 + 1.5 · 460 + 180
   * <li>kube-router: flannel's without VXLAN: 360 + 430 + 660 + 320 + 350 + 120; 660 + 320 + 350 +
   * 430 + 360; 360 + 430 + 660 + 320 + 180
   * <li>weave: 360 + 660 + 320 + 280 flow + 1320 VXLAN + 120; 1760 + 280 + 660 + 320 + 360; as flannel
   * <li>neutron-hybrid: 500 tap + 430 + 660 + 1 rule 20 + 360 + 2 · 280 flows + 1320 + 120; 1760 + 560 +
   * 360 + 430 + 660 + 20 + 500; 2 · (500 + 430 + 660 + 20 + 360) + 280
   * <li>sriov: none; macvlan: 120 to find the pod, and its backlog of 360 inside a host
   * <li>ovs-dpdk, vpp, vpp-memif: none, what they cost is spent on cores that poll
   * <li>roce, freeflow: none, the card does it
   * </ul>
   */
  @ParameterizedTest
  @CsvSource({
      "host, 980, 980, 0",
      "flannel, 3560, 3880, 1950",
      "calico-iptables, 3190, 3260, 2790",
      "calico-ebpf, 1700, 1460, 1300",
      "cilium, 1380, 1100, 1060",
      "ovn-kubernetes, 2720, 2820, 1790",
      "kube-router, 2240, 2120, 1950",
      "weave, 3060, 3380, 1950",
      "neutron-hybrid, 3970, 4290, 4220",
      "sriov, 0, 0, -1",
      "macvlan, 0, 120, 480",
      "ovs-dpdk, 0, 0, 0",
      "vpp, 0, 0, 0",
      "vpp-memif, 0, 0, 0",
      "roce, 0, 0, -1",
      "freeflow, 0, 0, 0",
      "none, 0, 0, -1"})
  void aSuperPacketCostsTheSumOfItsStages(String id, long sendNs, long receiveNs, long sameHostNs) {
    Cni cni = CniCatalog.of(id).plain(new Kernel(Profiles.of("ref")));

    assertThat(hostNs(cni.send())).isEqualTo(sendNs);
    assertThat(hostNs(cni.receive())).isEqualTo(receiveNs);
    assertThat(cni.sameHost().map(CniCatalogTest::hostNs).orElse(-1.0)).isEqualTo(sameHostNs);
  }

  /** The table above has a line for each. */
  @Test
  void everyNetworkHasItsSumsTested() {
    assertThat(CniCatalog.ids())
        .containsExactly(
            "host", "flannel", "calico-iptables", "calico-ebpf", "cilium", "ovn-kubernetes",
            "kube-router", "weave",
            "neutron-hybrid", "sriov",
            "macvlan",
            "ovs-dpdk", "vpp", "vpp-memif", "roce", "freeflow",
            "none");
  }

  private static double hostNs(Datapath way) {
    HostProfile reference = Profiles.of("ref");
    return Segment.of(way, reference, CoreRole.APP).getFirst().ps(Per.PACKET, Component.HOST_PATH)
        / 1000;
  }

  @Test
  void anEncapsulationThatANetworkHasNotIsRefused() {
    Kernel kernel = new Kernel(Profiles.of("ref"));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CniCatalog.CILIUM.network(kernel, NetworkOptions.plain(Encapsulation.IPIP)))
        .withMessage("cilium has no encapsulation 'ipip'; write one of [vxlan, geneve, none]");
  }

  @ParameterizedTest
  @EnumSource(CniCatalog.class)
  void everyOtherEncapsulationIsRefused(CniCatalog network) {
    Kernel kernel = new Kernel(Profiles.of("ref"));
    EnumSet<Encapsulation> others = EnumSet.allOf(Encapsulation.class);
    others.removeAll(network.encapsulations());

    for (Encapsulation other : others) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.network(kernel, NetworkOptions.plain(other)))
          .withMessageStartingWith(network.id() + " has no encapsulation");
    }
  }

  @Test
  void anUnknownNetworkIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CniCatalog.of("celium"))
        .withMessage(
            "unknown network 'celium'; use one of [host, flannel, calico-iptables, calico-ebpf,"
                + " cilium, ovn-kubernetes, kube-router, weave, neutron-hybrid, sriov, macvlan, ovs-dpdk,"
                + " vpp, vpp-memif, roce, freeflow, none]");
  }

  @Test
  void rulesOfImpossibleCountsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules(0, 0, -1, 1))
        .withMessage("-1 services and 2 policies are no count");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules(5, 4, 1, 1))
        .withMessage("5 of 4 pods cannot be on one node");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules(0, 0, 1, 0))
        .withMessage("a service has at least one endpoint, not 0");
  }

  private static NodeRules rules(int pods, int clusterPods, int services, int endpoints) {
    return new NodeRules(
        pods, clusterPods, services, endpoints, 2, ServiceProxy.IPTABLES, false);
  }

  private static Segment segment(Datapath way, Variant variant) {
    return Segment.of(way, Profiles.of(variant.profile()), CoreRole.APP).getFirst();
  }

  private static HostPaths paths(Cni cni, Variant variant) {
    HostProfile profile = Profiles.of(variant.profile());
    int podMtuBytes = profile.mtuBytes() - cni.send().headerBytes();
    Network network =
        new Network(cni, TcpStack.on(variant.kernel()), podMtuBytes, profile.mtuBytes());
    return HostPaths.of(network, profile);
  }
}
