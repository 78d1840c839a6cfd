package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Segment.Per;
import org.podpath.engine.datapath.Stage;

/** Networks whose pods run in virtual machines. */
class MachineTest {
  private static final EnumSet<CniCatalog> OF_CONTAINERS =
      EnumSet.of(
          CniCatalog.VPP, CniCatalog.VPP_MEMIF, CniCatalog.ROCE, CniCatalog.FREEFLOW,
          CniCatalog.NO_HOSTS);
  private static final Kernel HOST = new Kernel(Profiles.of("ref"));
  private static final Kernel GUEST = HOST.within(Machine.KVM);

  /** Headers come and go as they do without a machine, and so do the card's waits. */
  @ParameterizedTest
  @EnumSource(CniCatalog.class)
  void theWireIsTheSame(CniCatalog network) {
    if (OF_CONTAINERS.contains(network)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.plain(GUEST))
          .withMessageStartingWith(
              "pods of " + network.id() + " run in no virtual machine; leave it"
                  + " out, or write a cni out of [host, flannel, ");
      return;
    }
    Cni host = network.plain(HOST);
    Cni guest = network.plain(GUEST);

    assertThat(guest.name()).isEqualTo(host.name());
    assertThat(guest.send().headerBytes()).isEqualTo(host.send().headerBytes());
    assertThat(guest.send().tagBytes()).isEqualTo(host.send().tagBytes());
    assertThat(guest.receive().headerBytes()).isEqualTo(host.receive().headerBytes());
    assertThat(guest.send().delayPs()).isEqualTo(host.send().delayPs());
    assertThat(guest.receive().delayPs()).isEqualTo(host.receive().delayPs());
    assertThat(guest.receive().moderationPs()).isEqualTo(host.receive().moderationPs());
    assertThat(guest.sameHost().isPresent()).isEqualTo(host.sameHost().isPresent());
  }

  /** Functions of the card and ports of a switch that polls go past vhost threads. */
  @ParameterizedTest
  @EnumSource(
      value = CniCatalog.class, mode = EnumSource.Mode.EXCLUDE,
      names = {"VPP", "VPP_MEMIF", "ROCE", "FREEFLOW", "NO_HOSTS"})
  void aVhostThreadStandsOnEachWayOnce(CniCatalog network) {
    Cni guest = network.plain(GUEST);
    boolean past = network == CniCatalog.SRIOV || network == CniCatalog.OVS_DPDK;

    for (List<Stage> way : List.of(guest.send().stages(), guest.receive().stages())) {
      assertThat(way)
          .filteredOn(stage -> stage instanceof Stage.Handoff to && to.to() == CoreRole.VHOST)
          .hasSize(past ? 0 : 1);
    }
    assertThat(guest.crossesVhost()).isNotEqualTo(past);
  }

  /**
   * In ns: the guest's part is 1.1 times the host's list and the driver's 80, and the kick of 1,800; the
   * vhost thread's 2,000, 80 for the host's card and 0.084 for a byte; the host's 900 for an interrupt, 120
   * for a frame and no list; the guest's injection of 2,500 and 1.1 times 900.
   */
  @ParameterizedTest
  @CsvSource({"cilium, 1380, 1100", "flannel, 3560, 3880", "macvlan, 0, 120"})
  void eachCoreHasItsPart(String id, double sendNs, double receiveNs) {
    HostPaths paths = paths(CniCatalog.of(id).plain(GUEST));
    HostPaths.Below below = paths.below().orElseThrow();

    assertThat(paths.acknowledgementSend().ps(Per.PACKET))
        .isEqualTo(1e3 * (1.1 * (500 + sendNs + 80) + 1800));
    assertThat(below.send().ps(Per.PACKET)).isEqualTo(1e3 * (2000 + 80));
    assertThat(below.send().ps(Per.BYTE)).isEqualTo(84);
    assertThat(below.receive().ps(Per.INTERRUPT)).isEqualTo(1e3 * 900);
    assertThat(below.receive().ps(Per.FRAME)).isEqualTo(1e3 * 120);
    assertThat(below.receive().ps(Per.PACKET)).isZero();
    assertThat(below.deliver().ps(Per.PACKET)).isEqualTo(1e3 * 2000);
    assertThat(below.deliver().ps(Per.PACKET, Component.MACHINE)).isEqualTo(1e3 * 2000);
    assertThat(paths.acknowledgementReceive().ps(Per.PACKET))
        .isEqualTo(1e3 * 1.1 * (120 + receiveNs + 600));
    assertThat(paths.acknowledgementReceive().ps(Per.INTERRUPT))
        .isEqualTo(1e3 * (2500 + 1.1 * 900));
  }

  /** The provider's stages are the host's, with two rules of 20 ns for half of the guest's one port. */
  @Test
  void neutronStandsBelowItsMachine() {
    HostPaths guest = paths(CniCatalog.NEUTRON_HYBRID.plain(GUEST));
    HostPaths host = paths(CniCatalog.NEUTRON_HYBRID.plain(HOST));

    assertThat(guest.below().orElseThrow().send().ps(Per.PACKET, Component.HOST_PATH))
        .isEqualTo(host.streamSend().ps(Per.PACKET, Component.HOST_PATH) + 2 * 20_000);
    assertThat(guest.below().orElseThrow().receive().ps(Per.PACKET, Component.HOST_PATH))
        .isEqualTo(
            host.streamReceive().getFirst().ps(Per.PACKET, Component.HOST_PATH) + 2 * 20_000);
    assertThat(guest.streamSend().ps(Per.PACKET, Component.HOST_PATH)).isZero();
  }

  /** VLAN of the provider, 40 ns at each end, is the host's work around a network in the guest. */
  @Test
  void theProvidersNetworkCarriesTheHost() {
    Cni carried = Underlay.VLAN.carrying(CniCatalog.CILIUM.plain(GUEST), HOST);
    HostPaths.Below below = paths(carried).below().orElseThrow();

    assertThat(below.send().ps(Per.PACKET, Component.HOST_PATH)).isEqualTo(40_000);
    assertThat(below.receive().ps(Per.PACKET, Component.HOST_PATH)).isEqualTo(40_000);
  }

  @Test
  void noMachineIsTheHostsOwnKernel() {
    assertThat(HOST.within(Machine.NONE)).isSameAs(HOST);
    assertThat(paths(CniCatalog.CILIUM.plain(HOST)).below()).isEmpty();
  }

  private static HostPaths paths(Cni cni) {
    return HostPaths.of(new Network(cni, TcpStack.on(GUEST), 1400, 1500), Profiles.of("ref"));
  }
}
