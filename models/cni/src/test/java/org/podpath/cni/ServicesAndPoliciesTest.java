package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.cni.Variants.Variant;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;

/** What services and policies do to the cost of every container network. */
class ServicesAndPoliciesTest {
  private static final Set<CniCatalog> FLAT_IN_POLICIES =
      EnumSet.of(CniCatalog.CALICO_EBPF, CniCatalog.CILIUM, CniCatalog.OVN_KUBERNETES);

  static Stream<Variant> variants() {
    return Variants.all();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void moreServicesAndPoliciesNeverCostLess(Variant variant) {
    for (boolean everyPacketWalks : new boolean[] {false, true}) {
      for (int few : new int[] {0, 1, 2, 100, 1_000}) {
        int many = 3 * few + 1;
        List<Datapath> base = Variants.ways(variant.with(few, few, everyPacketWalks));
        List<Datapath> services = Variants.ways(variant.with(many, few, everyPacketWalks));
        List<Datapath> policies = Variants.ways(variant.with(few, many, everyPacketWalks));

        for (int way = 0; way < base.size(); way++) {
          for (Per unit : List.of(Per.PACKET, Per.FIRST_PACKET)) {
            double basePs = segment(base.get(way), variant).ps(unit);
            assertThat(segment(services.get(way), variant).ps(unit))
                .as("%d to %d services, %s of %s", few, many, unit, base.get(way).name())
                .isGreaterThanOrEqualTo(basePs);
            assertThat(segment(policies.get(way), variant).ps(unit))
                .as("%d to %d policies, %s of %s", few, many, unit, base.get(way).name())
                .isGreaterThanOrEqualTo(basePs);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aWalkOfEveryPacketNeverCostsLessThanOneOfTheFirst(Variant variant) {
    List<Datapath> first = Variants.ways(variant.with(200, 300, false));
    List<Datapath> every = Variants.ways(variant.with(200, 300, true));

    for (int way = 0; way < first.size(); way++) {
      assertThat(segment(every.get(way), variant).ps(Per.PACKET))
          .isGreaterThanOrEqualTo(segment(first.get(way), variant).ps(Per.PACKET));
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void programsAndFlowsCostEstablishedConnectionsTheSameWhateverThePolicies(Variant variant) {
    if (!FLAT_IN_POLICIES.contains(variant.network())) {
      return;
    }
    for (boolean everyPacketWalks : new boolean[] {false, true}) {
      List<Datapath> none = Variants.ways(variant.with(0, 0, everyPacketWalks));
      List<Datapath> many = Variants.ways(variant.with(0, 10_000, everyPacketWalks));

      for (int way = 0; way < none.size(); way++) {
        assertThat(segment(many.get(way), variant).ps(Per.PACKET))
            .isEqualTo(segment(none.get(way), variant).ps(Per.PACKET));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void policiesThatAreNotEnforcedCostNothing(Variant variant) {
    if (variant.network().enforcesPolicies()) {
      return;
    }
    List<Datapath> none = Variants.ways(variant.with(10, 0, true));
    List<Datapath> many = Variants.ways(variant.with(10, 10_000, true));

    assertThat(many).isEqualTo(none);
  }

  /**
   * kube-proxy and 10,000 services: 2,500 ns for conntrack; half of the services and 5 rules of
   * 20 ns and 15 ns · (1 − 524,288/(50,016 · 488 bytes)), the table being larger than the cache.
   */
  @Test
  void theFirstPacketWalksHalfOfTheServices() {
    Variant flannel = new Variant(CniCatalog.FLANNEL, "ref", Encapsulation.VXLAN);
    Datapath way = flannel.with(10_000, 0, false).send();
    double expectedNs = 2_500 + 5_005 * (20 + 15 * (1 - 524_288 / (50_016.0 * 488)));

    assertThat(segment(way, flannel).ps(Per.FIRST_PACKET) / 1_000)
        .isCloseTo(expectedNs, within(0.001));
  }

  /** 300 policies are 900 rules of 20 ns; with the 62 others they fit into the cache. */
  @Test
  void policiesAreWalkedByEveryPacketOnlyWhereTheScenarioSaysSo() {
    Variant calico = new Variant(CniCatalog.CALICO_IPTABLES, "ref", Encapsulation.IPIP);
    double plainNs = hostNs(calico.plain().send(), calico);

    assertThat(hostNs(calico.with(0, 300, false).send(), calico)).isEqualTo(plainNs);
    assertThat(hostNs(calico.with(0, 300, true).send(), calico))
        .isCloseTo(plainNs + 900 * 20, within(0.001));
  }

  /**
   * nftables look a service and its back end up, 150 ns each; 2,500 for conntrack. As IPVS every packet
   * finds its connection, 460 ns, and the first sets it up, 1,500.
   */
  @Test
  void otherKindsOfKubeProxyDoNotWalkServices() {
    Variant flannel = new Variant(CniCatalog.FLANNEL, "ref", Encapsulation.VXLAN);
    double plainNs = hostNs(flannel.plain().send(), flannel);
    Datapath nftables = flannel.with(services(ServiceProxy.NFTABLES)).send();
    Datapath ipvs = flannel.with(services(ServiceProxy.IPVS)).send();

    assertThat(segment(nftables, flannel).ps(Per.FIRST_PACKET)).isEqualTo(2_800_000);
    assertThat(hostNs(nftables, flannel)).isEqualTo(plainNs);
    assertThat(segment(ipvs, flannel).ps(Per.FIRST_PACKET)).isEqualTo(4_000_000);
    assertThat(hostNs(ipvs, flannel)).isEqualTo(plainNs + 460);
  }

  private static NodeRules services(ServiceProxy proxy) {
    return new NodeRules(0, 0, 10_000, 3, 0, proxy, false);
  }

  private static double hostNs(Datapath way, Variant variant) {
    return segment(way, variant).ps(Per.PACKET, Component.HOST_PATH) / 1_000;
  }

  private static Segment segment(Datapath way, Variant variant) {
    return Segment.of(way, Profiles.of(variant.profile()), CoreRole.APP).getFirst();
  }
}
