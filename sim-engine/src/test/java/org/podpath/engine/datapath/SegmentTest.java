package org.podpath.engine.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.engine.datapath.Segment.Per;

/** All times below are those of {@link HandMade} times 2, the slowness of its profile. */
class SegmentTest {
  private final List<Segment> receiving =
      Segment.of(
          HandMade.receive(50, 4).then(HandMade.stack().streamReceive()), HandMade.PROFILE,
          CoreRole.SOFTIRQ);
  private final Segment sending =
      Segment.of(
          HandMade.stack().streamSend().then(HandMade.send(50, 4)), HandMade.PROFILE, CoreRole.APP)
          .getFirst();

  @Test
  void aHandoffStartsTheSegmentOfAnotherCore() {
    assertThat(receiving).extracting(Segment::core).containsExactly(CoreRole.SOFTIRQ, CoreRole.APP);
  }

  @Test
  void beforeAMergeAPathIsChargedByFrameAndAfterItBySuperPacket() {
    Segment softirq = receiving.get(0);

    assertThat(softirq.ps(Per.INTERRUPT)).isEqualTo(2 * 900);
    assertThat(softirq.ps(Per.FRAME)).isEqualTo(2 * 300);
    assertThat(softirq.ps(Per.PIECE)).isEqualTo(2 * 40);
    assertThat(softirq.ps(Per.PACKET))
        .as("4 fixed and 16 of rules, veth, TCP")
        .isEqualTo(2 * (4 + 16 + 1_000 + 3_000));
    assertThat(softirq.ps(Per.BYTE)).isZero();
  }

  @Test
  void beforeASplitAPathIsChargedBySuperPacket() {
    assertThat(sending.ps(Per.PACKET)).isEqualTo(2 * (700 + 2_000 + 1_000 + 200));
    assertThat(sending.ps(Per.PIECE)).isEqualTo(2 * 30);
    assertThat(sending.ps(Per.FRAME)).isZero();
    assertThat(sending.ps(Per.BYTE)).isEqualTo(2 * 11);
  }

  @Test
  void theReadersCoreIsChargedWhatComesAfterTheHandoff() {
    assertThat(receiving.get(1).ps(Per.PACKET)).isEqualTo(2 * 100);
    assertThat(receiving.get(1).ps(Per.BYTE)).isEqualTo(2 * 13);
  }

  /** The detour: 70,000 of the host's namespace and 5,000 of TCP. */
  @Test
  void aDetourIsChargedToTheFirstPacketAlone() {
    Segment softirq = receiving.get(0);

    assertThat(softirq.ps(Per.FIRST_PACKET)).isEqualTo(2 * 75_000);
    assertThat(softirq.ps(Per.FIRST_PACKET, Component.HOST_PATH)).isEqualTo(2 * 70_000);
    assertThat(softirq.ps(Per.FIRST_PACKET, Component.PROTOCOL)).isEqualTo(2 * 5_000);
  }

  /** κ = 3 on rules (20) and veth (1,000) alone: twice their time on top. TCP and driver stay. */
  @Test
  void aColdCoreIsDearerInTheHostsNamespaceAlone() {
    assertThat(receiving.get(0).coldExtraPs()).isEqualTo((3 - 1) * 2 * (20 + 1_000));
    assertThat(receiving.get(1).coldExtraPs()).isZero();
    assertThat(sending.coldExtraPs()).isEqualTo((3 - 1) * 2 * 1_000);
  }

  @ParameterizedTest
  @EnumSource(Per.class)
  void componentsAddUpToTheWhole(Per unit) {
    for (Segment segment : receiving) {
      double sumPs =
          Arrays.stream(Component.values()).mapToDouble(c -> segment.ps(unit, c)).sum();

      assertThat(sumPs).isEqualTo(segment.ps(unit));
    }
  }

  @Test
  void stagesAreAccountedWhereTheyStandInTheKernel() {
    Segment softirq = receiving.get(0);

    assertThat(softirq.ps(Per.INTERRUPT, Component.IRQ)).isEqualTo(2 * 900);
    assertThat(softirq.ps(Per.FRAME, Component.DRIVER)).isEqualTo(2 * 300);
    assertThat(softirq.ps(Per.PACKET, Component.HOST_PATH)).isEqualTo(2 * 1_020);
    assertThat(softirq.ps(Per.PACKET, Component.PROTOCOL)).isEqualTo(2 * 3_000);
    assertThat(receiving.get(1).ps(Per.PACKET, Component.APP)).isEqualTo(2 * 100);
    assertThat(receiving.get(1).ps(Per.BYTE, Component.COPY)).isEqualTo(2 * 13);
  }

  @Test
  void headersAndWaitsCostNoCpu() {
    Datapath free =
        Datapath.of(
            "free",
            new Stage.Wrap(Hook.TUNNEL, "headers", 50, true, false),
            new Stage.Delay(Hook.NIC, "card", 1_000_000));

    Segment segment = Segment.of(free, HandMade.PROFILE, CoreRole.APP).getFirst();

    for (Per unit : Per.values()) {
      assertThat(segment.ps(unit)).isZero();
    }
  }

  /** 300 before the rule, 40 by which it is known; what follows is left to nobody, on either core. */
  @Test
  void behindADropNothingIsCharged() {
    for (Stage.Condition end : List.of(Stage.Condition.DENIED, Stage.Condition.SENT_ON)) {
      List<Segment> segments = Segment.of(ending(end), HandMade.PROFILE, CoreRole.SOFTIRQ);
      boolean denied = end == Stage.Condition.DENIED;

      assertThat(segments).hasSize(2);
      // connection tracking confirms nothing that is dropped: 70 for every packet, not for the first
      assertThat(segments.get(0).ps(Per.PACKET)).isEqualTo(2 * (300 + 40 + (denied ? 70 : 0)));
      assertThat(segments.get(0).ps(Per.FIRST_PACKET)).isEqualTo(denied ? 0 : 2 * 70);
      assertThat(segments.get(1).ps(Per.PACKET)).isZero();
      assertThat(ending(end).ends()).isTrue();
    }
    assertThat(HandMade.receive(50, 4).ends()).isFalse();
  }

  private static Datapath ending(Stage.Condition end) {
    return Datapath.of(
        "wire to nowhere",
        HandMade.work(Hook.NIC, 300),
        new Stage.Branch(
            Hook.PREROUTING, "first", Stage.Condition.FIRST_OF_CONNECTION,
            Datapath.of("detour", HandMade.work(Hook.PREROUTING, 70))),
        new Stage.Branch(
            Hook.FORWARD, "end", end, Datapath.of("end", HandMade.work(Hook.FORWARD, 40))),
        HandMade.work(Hook.VETH, 1_000),
        new Stage.Handoff(Hook.SOCKET, "reader", CoreRole.APP),
        HandMade.work(Hook.SOCKET, 500));
  }
}
