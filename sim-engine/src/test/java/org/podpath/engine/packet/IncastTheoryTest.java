package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Protocol;

/**
 * Incast: n hosts send an initial window each to one host at the same moment. What no buffer holds
 * is lost at its end, nothing follows that would tell the sender, and it waits for its time-out.
 *
 * <p>Source: V. Vasudevan and others, "Safe and Effective Fine-grained TCP Retransmissions for
 * Datacenter Communication", SIGCOMM 2009, section 2.
 */
class IncastTheoryTest {
  private static final int INITIAL_SEGMENTS = 10;
  private static final long FRAME_PS = FreeHosts.FRAME_BYTES * 800L;
  private static final int BUFFER_FRAMES = 100;

  /**
   * All send at the line rate of the port. By the time a window of 10 frames is in, the port has
   * sent 9 and 10 n - 9 wait, or leave: 100 hold the windows of 10 hosts, n · IW · MSS ≤ buffer,
   * and not those of 12 (of 11 nine have left in time and two frames are lost).
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9, 10, 12, 16, 32, 64})
  void goodputCollapsesWhereTheWindowsExceedTheBuffer(int senders) {
    Lab lab = lab(senders);
    for (int host = 0; host < senders; host++) {
      lab.start(
          lab.bytes(
              lab.connect(Protocol.TCP, host, senders),
              (long) INITIAL_SEGMENTS * FreeHosts.SEGMENT_BYTES));
    }
    lab.runToTheEnd();

    assertThat(lab.report.flows()).hasSize(senders).allMatch(FinishedFlow::complete);
    long endPs = lab.report.flows().getLast().endPs();
    long allFramesPs = (long) senders * INITIAL_SEGMENTS * FRAME_PS;
    long lost = lab.engine.ports.droppedFrames(lab.port("host" + senders + ".down"));
    double share = (double) allFramesPs / endPs;
    Findings.note("incast, " + senders + " senders, share of the line rate", 1, share, "");
    if (senders * INITIAL_SEGMENTS <= BUFFER_FRAMES) {
      assertThat(lost).isZero();
      // the last frame: all before it, its own way up and down, and two links of 1 µs
      assertThat(endPs).isEqualTo(allFramesPs + FRAME_PS + 2_000_000);
    } else {
      assertThat(lost).isPositive();
      assertThat(endPs).isGreaterThan(Transport.Tcp.LEAST_TIMEOUT_PS);
      assertThat(share).isLessThan(0.005 * senders);
    }
  }

  /** Nothing at all comes between what got through at first and the end of the first time-out. */
  @ParameterizedTest
  @ValueSource(ints = {16, 64})
  void thePortIsIdleUntilTheFirstTimeOut(int senders) {
    Lab lab = lab(senders);
    int port = lab.port("host" + senders + ".down");
    long[] gapPs = new long[1];
    long[] lastPs = new long[1];
    lab.listen((nowPs, link, frame) -> {
      if (link == port) {
        gapPs[0] = Math.max(gapPs[0], nowPs - lastPs[0]);
        lastPs[0] = nowPs;
      }
    });
    for (int host = 0; host < senders; host++) {
      lab.start(
          lab.bytes(
              lab.connect(Protocol.TCP, host, senders),
              (long) INITIAL_SEGMENTS * FreeHosts.SEGMENT_BYTES));
    }

    lab.runToTheEnd();

    assertThat(gapPs[0]).isGreaterThanOrEqualTo(Transport.Tcp.LEAST_TIMEOUT_PS);
  }

  private static Lab lab(int senders) {
    return new Lab(
        Wires.star(
            senders + 1, Wires.cable(10_000_000_000L, 1_000_000),
            Wires.cable(10_000_000_000L, 1_000_000),
            PortQueues.fifo((long) BUFFER_FRAMES * FreeHosts.FRAME_BYTES)),
        FreeHosts.network(Transport.Tcp.LINUX));
  }
}
