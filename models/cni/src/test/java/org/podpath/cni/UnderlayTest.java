package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.cni.Variants.Variant;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;
import org.podpath.engine.datapath.Stage;

class UnderlayTest {
  private static final HostProfile REFERENCE = Profiles.of("ref");

  /** Every network, with every encapsulation, whose packets pass the host's kernel. */
  static Stream<Arguments> carried() {
    return Variants.all()
        .filter(variant -> variant.plain().sameHost().isPresent())
        .filter(variant -> variant.plain().interrupts() && !variant.plain().polls())
        .flatMap(
            variant -> Stream.of(Underlay.values()).map(under -> Arguments.of(variant, under)));
  }

  @ParameterizedTest
  @MethodSource("carried")
  void addsItsBytesOnTheWayOutAndTakesThemOffOnTheWayIn(Variant variant, Underlay underlay) {
    Cni own = variant.plain();
    Cni cni = underlay.carrying(own, variant.kernel());
    int inside = underlay.insideMtu() ? underlay.headerBytes() : 0;
    int outside = underlay.headerBytes() - inside;

    assertThat(cni.send().headerBytes()).isEqualTo(own.send().headerBytes() + inside);
    assertThat(cni.send().tagBytes()).isEqualTo(own.send().tagBytes() + outside);
    assertThat(cni.receive().headerBytes()).isEqualTo(-cni.send().headerBytes());
    assertThat(cni.receive().tagBytes()).isEqualTo(-cni.send().tagBytes());
    assertThat(cni.sameHost()).isEqualTo(own.sameHost());
  }

  /** Inside the host's own headers come first, next to the card the provider's. */
  @ParameterizedTest
  @MethodSource("carried")
  void standsBetweenTheContainerNetworkAndTheCard(Variant variant, Underlay underlay) {
    Cni own = variant.plain();
    Cni cni = underlay.carrying(own, variant.kernel());
    boolean stands = underlay != Underlay.NONE;
    List<Stage> out = new ArrayList<>(cni.send().stages());
    List<Stage> in = new ArrayList<>(cni.receive().stages());
    int lastOfHost = -1;
    for (int i = 0; i < out.size() && out.get(i).hook() != Hook.NIC; i++) {
      lastOfHost = i;
    }

    if (stands) {
      assertThat(out.get(lastOfHost).name()).isEqualTo(underlay.headersInWords());
      assertThat(out.get(lastOfHost - 1).name()).isEqualTo(underlay.operation());
      int card = in.stream().map(Stage::hook).toList().lastIndexOf(Hook.NIC);
      assertThat(in.get(card + 1).name()).isEqualTo(underlay.operation());
      assertThat(in.get(card + 2).name()).isEqualTo(underlay.headersInWords() + " off");
    }
    out.removeIf(stage -> stage.name().startsWith("provider "));
    in.removeIf(stage -> stage.name().startsWith("provider "));
    assertThat(out).extracting(Stage::name)
        .isEqualTo(own.send().stages().stream().map(Stage::name).toList());
    assertThat(in).extracting(Stage::name)
        .isEqualTo(own.receive().stages().stream().map(Stage::name).toList());
  }

  /** In ns of the reference core, at each end, for every super-packet. */
  @ParameterizedTest
  @CsvSource({"NONE, 0", "FLAT, 0", "VLAN, 40", "GRE, 550", "VXLAN, 1320"})
  void costsTheSameAtBothEnds(Underlay underlay, long ns) {
    Kernel kernel = new Kernel(REFERENCE);
    Cni own = CniCatalog.CILIUM.plain(kernel);
    Cni cni = underlay.carrying(own, kernel);

    assertThat(packetNs(cni.send()) - packetNs(own.send())).isEqualTo(ns);
    assertThat(packetNs(cni.receive()) - packetNs(own.receive())).isEqualTo(ns);
  }

  /** Behind IP in IP and GRE all flows of two hosts look the same; VXLAN's source port differs. */
  @ParameterizedTest
  @CsvSource({
      "NONE, IPIP, true", "VLAN, IPIP, true", "FLAT, IPIP, true", "GRE, IPIP, true",
      "VXLAN, IPIP, false", "NONE, VXLAN, false", "VXLAN, VXLAN, false", "GRE, VXLAN, true",
      "GRE, NONE, true", "VLAN, NONE, false"})
  void theOutermostHeadersDecideWhetherFlowsCanBeToldApart(
      Underlay underlay, Encapsulation encapsulation, boolean hidden) {
    Kernel kernel = new Kernel(REFERENCE);
    Cni own =
        CniCatalog.CALICO_IPTABLES.network(kernel, NetworkOptions.plain(encapsulation));
    Cni cni = underlay.carrying(own, kernel);

    assertThat(cni.send().hidesFlows()).isEqualTo(hidden);
    assertThat(cni.receive().hidesFlows()).isEqualTo(hidden);
  }

  /** 40 ns for a tag, as the last of what the switch does for a frame, or the first. */
  @ParameterizedTest
  @EnumSource(value = CniCatalog.class, names = {"OVS_DPDK", "VPP", "VPP_MEMIF"})
  void aSwitchThatPollsTagsFramesItself(CniCatalog network) {
    Kernel kernel = new Kernel(REFERENCE);
    Cni own = network.plain(kernel);
    Cni tagged = Underlay.VLAN.carrying(own, kernel);

    assertThat(tagged.send().tagBytes()).isEqualTo(4);
    assertThat(tagged.receive().tagBytes()).isEqualTo(-4);
    assertThat(polledPs(tagged).send().framePs(0) - polledPs(own).send().framePs(0))
        .isEqualTo(40_000);
    assertThat(polledPs(tagged).receive().framePs(0) - polledPs(own).receive().framePs(0))
        .isEqualTo(40_000);
    assertThat(polledPs(tagged).local()).isNotNull();
    assertThat(Underlay.FLAT.carrying(own, kernel).send().headerBytes())
        .isEqualTo(own.send().headerBytes());
  }

  private static HostPaths.Polled polledPs(Cni cni) {
    Network network = new Network(cni, TcpStack.on(new Kernel(REFERENCE)), 1400, 1500);
    return HostPaths.of(network, REFERENCE).polled().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(value = Underlay.class, names = {"GRE", "VXLAN"})
  void aTunnelAroundASwitchThatPollsIsRefused(Underlay tunnel) {
    Kernel kernel = new Kernel(REFERENCE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tunnel.carrying(CniCatalog.VPP.plain(kernel), kernel))
        .withMessage(
            "vpp passes the host's kernel by, where '" + tunnel.inWords()
                + "' would be added; write flat or vlan, or a tunnel as encapsulation");
  }

  @Test
  void theTagOfAVirtualFunctionIsTheProvidersVlan() {
    Kernel kernel = new Kernel(REFERENCE);
    Cni own = CniCatalog.SRIOV.plain(kernel);

    assertThat(own.send().tagBytes()).isEqualTo(4);
    assertThat(Underlay.VLAN.carrying(own, kernel)).isEqualTo(own);
    assertThat(Underlay.FLAT.carrying(own, kernel).send().tagBytes()).isZero();
    assertThat(Underlay.FLAT.carrying(own, kernel).receive().tagBytes()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Underlay.class, names = {"GRE", "VXLAN"})
  void aTunnelAroundAVirtualFunctionIsRefused(Underlay tunnel) {
    Kernel kernel = new Kernel(REFERENCE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tunnel.carrying(CniCatalog.SRIOV.plain(kernel), kernel))
        .withMessage(
            "sriov passes the host's kernel by, where '" + tunnel.inWords()
                + "' would be added; write one of [none, flat, vlan]");
  }

  /** A card that puts no tag on frames leaves a VLAN to nobody. */
  @Test
  void aVlanAroundAnUntaggedFunctionIsRefused() {
    Kernel kernel = new Kernel(REFERENCE);
    Cni untagged = Underlay.FLAT.carrying(CniCatalog.SRIOV.plain(kernel), kernel);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Underlay.VLAN.carrying(untagged, kernel))
        .withMessageEndingWith("write one of [none, flat]");
  }

  @Test
  void onlyTagsStandOutsideTheMtu() {
    assertThat(EnumSet.allOf(Underlay.class)).filteredOn(u -> !u.insideMtu())
        .containsExactly(Underlay.VLAN);
  }

  private static double packetNs(Datapath way) {
    return Segment.of(way, REFERENCE, CoreRole.APP).getFirst().ps(Per.PACKET) / 1000;
  }
}
