package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;

/** Weave where its router moves frames in user space. */
class SleeveTest {
  private static final Kernel KERNEL = new Kernel(Profiles.of("ref"));
  private static final Cni SLEEVE =
      CniCatalog.WEAVE.network(KERNEL, NetworkOptions.plain(Encapsulation.SLEEVE));

  /** 9 µs for each frame that a super-packet is cut to, and for each that comes, which is a packet. */
  @Test
  void everyFramePassesTheRouterByItselfAtBothEnds() {
    Segment out = Segment.of(SLEEVE.send(), Profiles.of("ref"), CoreRole.APP).getFirst();
    Segment in = Segment.of(SLEEVE.receive(), Profiles.of("ref"), CoreRole.SOFTIRQ).getFirst();

    assertThat(out.ps(Per.FRAME, Component.DAEMON)).isEqualTo(9e6);
    assertThat(out.ps(Per.PACKET, Component.DAEMON)).isZero();
    assertThat(in.ps(Per.PACKET, Component.DAEMON)).isEqualTo(9e6);
  }

  @Test
  void framesAreNotJoinedAndLookAllTheSameToTheCard() {
    Network network = new Network(SLEEVE, TcpStack.on(KERNEL), 1438, 1500);

    assertThat(network.joinedSegments()).isOne();
    assertThat(SLEEVE.send().hidesFlows()).isTrue();
  }

  @Test
  void isRefusedInGuestsAndWhereItWouldEncrypt() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CniCatalog.WEAVE.network(
                KERNEL.within(Machine.KVM), NetworkOptions.plain(Encapsulation.SLEEVE)))
        .withMessage("sleeve is known on hosts alone; write vxlan, or cluster: {machine: none}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CniCatalog.WEAVE.encrypted(Encryption.IPSEC, SLEEVE, KERNEL))
        .withMessage("what sleeve encrypts has no cost here; write none, or encapsulation: vxlan");
  }
}
