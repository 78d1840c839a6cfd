package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.engine.cluster.Blueprint;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Marking;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.datapath.Transport.Control;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;

/** What is lost is sent again, counted, and given up when nothing ever arrives. */
class RetransmissionTest {

  /**
   * Without a time-out every dropped segment is sent again once: the flow counts as many as the
   * port dropped, the lost ones among those sent again too.
   */
  @ParameterizedTest
  @EnumSource(value = Control.class, names = {"RENO", "CUBIC"})
  void aFlowCountsASegmentSentAgainForEachThatWasDropped(Control control) {
    Lab lab = lossy(new Transport.Tcp(control, 10, 10_000_000, Lab.PS_PER_SECOND), 0.001);
    Connection connection = lab.connect(Protocol.TCP, 0, 1);

    for (int i = 0; i < 20; i++) {
      lab.start(lab.bytes(connection, 2_000_000));
    }
    lab.runToTheEnd();

    List<FinishedFlow> flows = lab.report.flows();
    long again = flows.stream().mapToLong(flow -> flow.retransmissions().orElseThrow()).sum();
    assertThat(flows).hasSize(20).allMatch(FinishedFlow::complete);
    assertThat(flows.getLast().endPs()).isLessThan(Lab.PS_PER_SECOND);
    assertThat(again)
        .isPositive()
        .isEqualTo(lab.engine.ports.droppedFrames(lab.port("left.right")));
  }

  /** Go-back-N sends again everything from the lost frame on. */
  @Test
  void roceSendsAgainEverythingFromALostFrameOn() {
    Lab lab = lossyPort(Transport.Roce.DCQCN);

    for (int host = 0; host < 2; host++) {
      lab.start(lab.bytes(lab.connect(Protocol.ROCE, host, 2 + host), 3_000_000));
    }
    lab.runToTheEnd();

    long again =
        lab.report.flows().stream().mapToLong(f -> f.retransmissions().orElseThrow()).sum();
    assertThat(lab.report.flows()).hasSize(2).allMatch(FinishedFlow::complete);
    assertThat(again).isGreaterThan(lab.engine.ports.droppedFrames(lab.port("left.right")));
  }

  /**
   * A link takes packets of 1,400 bytes, full segments have 1,500. A message of 100 bytes gets
   * through; what follows it never does. The sender gives up, and the run says which flow is stuck
   * and where.
   */
  @Test
  void aFlowWhoseFramesNoLinkTakesIsGivenUpAndSaysWhere() {
    Lab lab = narrow(1400, Transport.Tcp.LINUX);
    Connection connection = lab.connect(Protocol.TCP, 0, 1);

    lab.start(lab.bytes(connection, 100));
    lab.start(lab.bytes(connection, 100_000));
    lab.runToTheEnd();

    assertThat(lab.report.flows()).hasSize(2);
    assertThat(lab.report.flows().get(0).complete()).isTrue();
    assertThat(lab.report.flows().get(1).complete()).isFalse();
    assertThat(lab.report.unfinished())
        .containsExactly(
            "flow 1 (pod0 > pod1) has 0 of 100000 bytes; its last drop was at left.right;"
                + " its sender has given up");
    // time-outs of 0.2 s, doubled 15 times but never above 120 s, are less than an hour
    assertThat(lab.simulator.nowPs()).isLessThan(3600 * Lab.PS_PER_SECOND);
  }

  /**
   * Packets of 1,024 + 44 bytes do not fit 1,000. The card waits 8 times for 4.194304 ms, and fails:
   * seven more attempts than the first.
   */
  @Test
  void aQueuePairWhoseFramesNoLinkTakesFailsAfterSevenMoreAttempts() {
    Lab lab = narrow(1000, Transport.Roce.DCQCN);

    lab.start(lab.bytes(lab.connect(Protocol.ROCE, 0, 1), 10_240));
    lab.runToTheEnd();

    assertThat(lab.report.unfinished())
        .containsExactly(
            "flow 0 (pod0 > pod1) has 0 of 10240 bytes; its last drop was at left.right;"
                + " its sender has given up");
    assertThat(lab.simulator.nowPs()).isBetween(8 * 4_194_304_000L, 9 * 4_194_304_000L);
    // 10 packets of 1,024 bytes each time
    assertThat(lab.report.flows().getFirst().retransmissions()).hasValue(7 * 10);
  }

  /** Two switches between two hosts, and a link between them that takes packets so long. */
  private static Lab narrow(int mtuBytes, Transport transport) {
    Blueprint blueprint = new Blueprint(FreeHosts.hosts(2), 1);
    Cable wide = Wires.cable(10_000_000_000L, 1_000_000);
    Cable narrow = new Cable(10_000_000_000L, 1_000_000, mtuBytes);
    int left = blueprint.addSwitch("left", 0, PortQueues.fifo(1_000_000));
    int right = blueprint.addSwitch("right", 0, PortQueues.fifo(1_000_000));
    blueprint.link("host0.up", 0, left, wide);
    blueprint.link("host0.down", left, 0, wide);
    blueprint.link("left.right", left, right, narrow);
    blueprint.link("right.left", right, left, narrow);
    blueprint.link("host1.up", 1, right, wide);
    blueprint.link("host1.down", right, 1, wide);
    return new Lab(blueprint.topology(), FreeHosts.network(transport));
  }

  private static Lab lossy(Transport transport, double ratio) {
    return new Lab(
        Wires.dumbbell(
            1, Wires.cable(10_000_000_000L, 0), Wires.cable(10_000_000_000L, 0),
            Wires.cable(10_000_000_000L, 100_000_000),
            PortQueues.fifo(1L << 40).with(new Marking.Random(ratio))),
        FreeHosts.network(transport));
  }

  private static Lab lossyPort(Transport transport) {
    return new Lab(
        Wires.dumbbell(
            2, Wires.cable(10_000_000_000L, 0), Wires.cable(1_000_000_000L, 0),
            Wires.cable(10_000_000_000L, 10_000_000), PortQueues.fifo(100_000)),
        FreeHosts.network(transport));
  }
}
