package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.cni.Variants.Variant;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Lookup;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;

/** What the pods of a node do to the cost of every container network. */
class PodsPerNodeTest {
  private static final int RULE_BYTES = 488;
  private static final double CACHE_BYTES = 524_288;

  static Stream<Variant> variants() {
    return Variants.all();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void morePodsNeverCostLess(Variant variant) {
    List<Datapath> few = Variants.ways(variant.withPods(0));
    for (int pods : new int[] {1, 10, 100, 500, 1_200}) {
      List<Datapath> more = Variants.ways(variant.withPods(pods));
      for (int way = 0; way < few.size(); way++) {
        assertThat(ns(more.get(way), variant)).isGreaterThanOrEqualTo(ns(few.get(way), variant));
      }
      few = more;
    }
  }

  /**
   * Half of 4 rules a pod are walked, besides 16: n = 16 + 2P at 20 ns and 15 ns of it for the part of
   * 16 + 9P rules of 488 bytes that is beyond 512 KiB.
   */
  @ParameterizedTest
  @CsvSource({"10", "100", "500", "1200"})
  void everyPacketOfKubeRouterWalksTheRulesOfHalfOfThePods(int pods) {
    Variant kubeRouter = new Variant(CniCatalog.KUBE_ROUTER, "ref", Encapsulation.NONE);
    double withoutRulesNs = ns(kubeRouter.plain().send(), kubeRouter) - 16 * 20;
    double outRatio = Math.max(0, 1 - CACHE_BYTES / ((16 + 9 * pods) * RULE_BYTES));

    assertThat(ns(kubeRouter.withPods(pods).send(), kubeRouter))
        .isCloseTo(withoutRulesNs + (16 + 2 * pods) * (20 + 15 * outRatio), within(0.001));
  }

  /** Two pods stand at random among P: the first of them is met after a third of the rules. */
  @Test
  void betweenTwoPodsOfANodeTheFirstOfThemEndsTheWalk() {
    Variant kubeRouter = new Variant(CniCatalog.KUBE_ROUTER, "ref", Encapsulation.NONE);
    Datapath plain = kubeRouter.plain().sameHost().orElseThrow();
    Datapath with = kubeRouter.withPods(90).sameHost().orElseThrow();

    assertThat(ns(with, kubeRouter)).isEqualTo(ns(plain, kubeRouter) + 120 * 20);
  }

  /** A tree of 16 branches: 1,200 / 16 / 2 = 37 rules more, all of 62 + 2 · 1,200 · 10 in memory. */
  @Test
  void calicoDispatchesByATree() {
    Variant calico = new Variant(CniCatalog.CALICO_IPTABLES, "ref", Encapsulation.IPIP);
    double withoutRulesNs = ns(calico.plain().send(), calico) - 62 * 20;
    double outRatio = 1 - CACHE_BYTES / ((62 + 24_000) * RULE_BYTES);

    assertThat(ns(calico.withPods(1_200).send(), calico))
        .isCloseTo(withoutRulesNs + (62 + 37) * (20 + 15 * outRatio), within(0.001));
  }

  /** 10,000 pods in the cluster: doublings from 100 to 4,000 cost 7.5 ns, those beyond 24. */
  @Test
  void programsFindPodsOfTheClusterInATrie() {
    Variant cilium = new Variant(CniCatalog.CILIUM, "ref", Encapsulation.VXLAN);
    double levels = Math.log(4_000 / 100.0) / Math.log(2);
    double levelsBeyondL2 = Math.log(10_000 / 4_000.0) / Math.log(2);

    assertThat(ns(cilium.withPods(1_000).send(), cilium) - ns(cilium.plain().send(), cilium))
        .isCloseTo(7.5 * levels + 24 * levelsBeyondL2, within(0.001));
  }

  /**
   * 2,560 connections in a cache of 256 masks: nine of ten packets try half of the 31 further masks that
   * 100 policies leave, 50 ns each, on each of three hops.
   */
  @Test
  void openVswitchForgetsMasksOfManyConnections() {
    Variant ovn = new Variant(CniCatalog.OVN_KUBERNETES, "ref", Encapsulation.GENEVE);
    NodeRules policies = new NodeRules(0, 0, 0, 1, 100, ServiceProxy.IPTABLES, false);

    assertThat(ns(ovn.with(policies).send(), ovn)).isEqualTo(ns(ovn.plain().send(), ovn));
    assertThat(
        ns(ovn.with(policies, connections(2_560)).send(), ovn) - ns(ovn.plain().send(), ovn))
            .isCloseTo(3 * 0.9 * 31 / 2 * 50, within(0.5));
    assertThat(ns(ovn.with(NodeRules.NONE, connections(2_560)).send(), ovn))
        .isGreaterThan(ns(ovn.with(NodeRules.NONE, connections(256)).send(), ovn));
  }

  private static Lookup.Connections connections(long entries) {
    return new Lookup.Connections(1L << 30, 1L << 30, entries);
  }

  private static double ns(Datapath way, Variant variant) {
    return Segment.of(way, Profiles.of(variant.profile()), CoreRole.APP)
        .getFirst()
        .ps(Per.PACKET, Component.HOST_PATH) / 1_000
        / Profiles.of(variant.profile()).slownessRatio();
  }
}
