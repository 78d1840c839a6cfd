package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Blueprint;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Pause;
import org.podpath.engine.cluster.PortQueues.Scheduling;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/** Priority flow control: switches that tell senders to wait lose nothing. */
class PauseTest {
  private static final Transport.Roce ROCE = Transport.Roce.DCQCN;
  private static final int SENDERS = 6;

  /**
   * Six hosts on a switch send over one cable to a second switch, behind which a host is reached at
   * a tenth of the rate. The second switch pauses the first and the first its hosts; nothing is
   * lost or sent again, and all arrives. 5 m and 1 km of cable, with the headroom that follows from
   * it.
   */
  @ParameterizedTest
  @CsvSource({"25_000, 1500", "5_000_000, 1500", "5_000_000, 9000", "1, 9000"})
  void anIncastOverTwoSwitchesLosesNothingAndHoldsTheSendersBack(long delayPs, int mtuBytes) {
    Lab lab = lab(new Pause(20_000, 10_000, 0), delayPs, mtuBytes);

    for (int host = 0; host < SENDERS; host++) {
      lab.start(lab.bytes(lab.connect(Protocol.ROCE, host, SENDERS), 2_000_000));
    }
    lab.runToTheEnd();

    assertThat(lab.report.stuck()).isEmpty();
    assertThat(lab.report.flows()).hasSize(SENDERS)
        .allMatch(FinishedFlow::complete)
        .allMatch(flow -> flow.retransmissions().orElseThrow() == 0);
    assertThat(lab.report.links()).allMatch(link -> link.droppedFrames() == 0);
    assertThat(pausedPs(lab, "left.right")).isPositive();
    for (int host = 0; host < SENDERS; host++) {
      assertThat(pausedPs(lab, "host" + host + ".up")).isPositive();
    }
    assertThat(pausedPs(lab, "right.host6")).isZero();
  }

  /**
   * The same without pauses in buffers of the same size loses frames: the test above can fail. Queue
   * pairs whose frames are lost again and again give up.
   */
  @Test
  void withoutPausesTheSameBuffersOverflow() {
    Lab lab =
        new Lab(topology(PortQueues.fifo(40_000), 25_000, 1_000_000_000L), FreeHosts.network(ROCE));

    for (int host = 0; host < SENDERS; host++) {
      lab.start(lab.bytes(lab.connect(Protocol.ROCE, host, SENDERS), 2_000_000));
    }
    lab.runToTheEnd();

    assertThat(lab.report.flows()).hasSize(SENDERS).anyMatch(flow -> !flow.complete());
    assertThat(lab.engine.ports.droppedFrames(lab.port("right.host6"))).isPositive();
  }

  /**
   * How much may still come after the threshold is passed, at its worst: next to nothing leaves the
   * port behind, at 1 Mb/s. Whatever the size of frames, and wherever the threshold lies in one,
   * the headroom that is worked out holds it. With 600 ns of cable, 2 · delay · rate are 1,500
   * bytes: a second frame of 1,538 is begun while the pause frame's 84 bytes come in.
   */
  @ParameterizedTest
  @CsvSource({"25_000", "600_000", "5_000_000", "50_000_000"})
  void theHeadroomHoldsWhatComesUntilThePauseIsHeard(long delayPs) {
    for (int wireBytes : new int[] {84, 299, 1027, 1537, 1538}) {
      for (int beyond = 0; beyond < wireBytes; beyond += 1 + wireBytes / 20) {
        PortQueues queues = queues(new Pause(20L * wireBytes + beyond, 1_000, 0));
        Lab lab =
            new Lab(topology(queues, delayPs, 1_000_000L), FreeHosts.network(Transport.Tcp.LINUX));
        long endPs = 50_000_000 + 6 * delayPs;
        int bytes = wireBytes - lab.network.datagramOverheadBytes();

        lab.start(
            lab.datagrams(
                lab.connect(Protocol.UDP, 0, SENDERS), Pace.every(bytes, wireBytes * 800L),
                endPs));
        lab.runUntil(endPs);

        assertThat(pausedPs(lab, "left.right")).isPositive();
        assertThat(lab.engine.ports.droppedFrames(lab.port("right.host6"))).isZero();
      }
    }
  }

  /**
   * 5 µs of cable at 10 Gb/s: 2 · 5 µs · 1.25 GB/s, a pause frame of 84 bytes and two frames of 1,542
   * are 15,668 bytes that may still come, where 3,000 are kept free. What is dropped is flagged and
   * sent again.
   */
  @Test
  void aHeadroomThatIsTooSmallLosesFramesAndTheRunIsFlagged() {
    Lab lab = lab(new Pause(20_000, 10_000, 3_000), 5_000_000, 1500);

    for (int host = 0; host < SENDERS; host++) {
      lab.start(lab.bytes(lab.connect(Protocol.ROCE, host, SENDERS), 2_000_000));
    }
    lab.runToTheEnd();

    assertThat(lab.report.links()).anyMatch(link -> link.droppedFrames() > 0);
    assertThat(lab.report.outsideValidity()).anyMatch(
        why -> why.matches(
            "\\d+ packets of left.right found no room beyond the pause and were dropped, which pauses"
                + " are to prevent: its headroom is 3000 bytes, and 15668 may still come"));
  }

  /**
   * Two classes over one link, with thresholds of 20,000 bytes and headrooms of 15,668 each: 71,336
   * bytes are room for both. In less the second finds the room of the first taken.
   */
  @ParameterizedTest
  @CsvSource({"71_336, true", "60_000, false"})
  void theBufferOfALinkHoldsThresholdAndHeadroomOfEachClass(long bufferBytes, boolean holds) {
    PortQueues queues =
        new PortQueues(
            bufferBytes, Optional.empty(), Optional.empty(), new Scheduling.StrictPriority(),
            Optional.of(new Pause(20_000, 10_000, 0)), false);
    Lab lab =
        new Lab(
            topology(queues, 5_000_000, 1_000_000_000L), FreeHosts.network(ROCE, 1500, 0, 4), 0, 0,
            0, 5, 5, 5);
    int over = lab.port("right.host6");

    for (int host = 0; host < SENDERS; host++) {
      lab.start(lab.bytes(lab.connect(Protocol.ROCE, host, SENDERS), 2_000_000));
    }
    long most = 0;
    for (long ps = 0; ps < Lab.PS_PER_SECOND / 50; ps += 1_000_000) {
      lab.runUntil(ps);
      most = Math.max(most, lab.engine.ports.queuedBytes(over));
    }

    assertThat(lab.engine.ports.droppedFrames(over) == 0).isEqualTo(holds);
    assertThat(most).isBetween(40_000L, bufferBytes);
  }

  /** A paused class waits; the others go on. */
  @Test
  void aPauseStopsOneClassOnly() {
    Blueprint blueprint = new Blueprint(FreeHosts.hosts(4), 1);
    Cable fast = Wires.cable(10_000_000_000L, 25_000);
    int left = blueprint.addSwitch("left", 0, queues(new Pause(20_000, 10_000, 0)));
    int right = blueprint.addSwitch("right", 0, queues(new Pause(20_000, 10_000, 0)));
    blueprint.link("left.right", left, right, fast);
    blueprint.link("host0.up", 0, left, fast);
    blueprint.link("host1.up", 1, left, fast);
    blueprint.link("right.left", right, left, fast);
    blueprint.link("left.host0", left, 0, fast);
    blueprint.link("left.host1", left, 1, fast);
    blueprint.link("host2.up", 2, right, fast);
    blueprint.link("host3.up", 3, right, fast);
    blueprint.link("right.host2", right, 2, Wires.cable(100_000_000L, 25_000));
    blueprint.link("right.host3", right, 3, fast);
    Lab lab = new Lab(blueprint.topology(), FreeHosts.network(Transport.Tcp.LINUX), 2, 5);
    long endPs = Lab.PS_PER_SECOND / 100;

    lab.start(lab.datagrams(lab.connect(Protocol.UDP, 0, 2), Pace.every(934, 800_000), endPs));
    lab.start(
        lab.datagrams(lab.connect(Protocol.UDP, 1, 3), Pace.every(934, 1_600_000), endPs));
    lab.runUntil(endPs);

    long pausedFrames = lab.audit.left(lab.port("right.host2"));
    long otherFrames = lab.audit.left(lab.port("right.host3"));
    assertThat(pausedPs(lab, "left.right")).isPositive();
    // 100 Mb/s for 10 ms are 125 frames of 1,000 bytes; one every 1.6 µs for 10 ms are 6,250
    assertThat(pausedFrames).isBetween(124L, 125L);
    assertThat(otherFrames).isBetween(6_240L, 6_250L);
  }

  private static long pausedPs(Lab lab, String link) {
    return lab.engine.ports.pausedPs(lab.port(link));
  }

  private static Lab lab(Pause pause, long delayPs, int mtuBytes) {
    return new Lab(
        topology(queues(pause), delayPs, 1_000_000_000L), FreeHosts.network(ROCE, mtuBytes, 0, 4));
  }

  private static PortQueues queues(Pause pause) {
    return new PortQueues(
        1_000_000, Optional.empty(), Optional.empty(), new Scheduling.StrictPriority(),
        Optional.of(pause), false);
  }

  private static Topology topology(PortQueues queues, long delayPs, long lastBitsPerSecond) {
    Blueprint blueprint = new Blueprint(FreeHosts.hosts(SENDERS + 1), 1);
    Cable cable = Wires.cable(10_000_000_000L, delayPs);
    int left = blueprint.addSwitch("left", 0, queues);
    int right = blueprint.addSwitch("right", 0, queues);
    for (int host = 0; host < SENDERS; host++) {
      blueprint.link("host" + host + ".up", host, left, cable);
      blueprint.link("host" + host + ".down", left, host, cable);
    }
    blueprint.link("left.right", left, right, cable);
    blueprint.link("right.left", right, left, cable);
    blueprint.link("right.host6", right, SENDERS, Wires.cable(lastBitsPerSecond, delayPs));
    blueprint.link("host6.right", SENDERS, right, cable);
    return blueprint.topology();
  }
}
