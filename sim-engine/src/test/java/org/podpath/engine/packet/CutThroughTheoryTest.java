package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Scheduling;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Protocol;

/** The way of one datagram through idle switches, to the picosecond. */
class CutThroughTheoryTest {
  private static final long DELAY_PS = 300_000;
  private static final long HEAD_BYTES = 64;

  /**
   * Over s switches a frame of w bytes takes, at C bytes a picosecond, (s + 1)(w / C + delay) where
   * each waits for all of it, and w / C + s 64 / C + (s + 1) delay where each waits for its first
   * 64 bytes. A frame that is no longer than these is stored all the same.
   */
  @ParameterizedTest
  @CsvSource({"1, 1500", "3, 1500", "3, 9000", "3, 67", "5, 4000"})
  void aFrameWaitsAtEachSwitchForItsHeadOrForAllOfIt(int switches, int wireBytes) {
    Cable cable = Wires.cable(10_000_000_000L, DELAY_PS);
    long framePs = wireBytes * 800L;
    long headPs = Math.min(HEAD_BYTES, wireBytes) * 800L;
    for (Scheduling order : new Scheduling[] {
        new Scheduling.Fifo(), new Scheduling.StrictPriority()}) {
      long storedPs = takenPs(switches, wireBytes, cable, queues(order, false));
      long cutPs = takenPs(switches, wireBytes, cable, queues(order, true));

      assertThat(storedPs).isEqualTo((switches + 1) * (framePs + DELAY_PS));
      assertThat(cutPs).isEqualTo(framePs + switches * headPs + (switches + 1) * DELAY_PS);
    }
  }

  private static long takenPs(int switches, int wireBytes, Cable cable, PortQueues queues) {
    Lab lab =
        new Lab(
            Wires.row(switches, cable, queues),
            FreeHosts.network(Transport.Tcp.LINUX, 9000, 0, 0));
    lab.start(
        lab.datagram(
            lab.connect(Protocol.UDP, 0, 1), wireBytes - lab.network.datagramOverheadBytes()));
    lab.runToTheEnd();
    FinishedFlow flow = lab.report.flows().getFirst();
    return flow.endPs() - flow.startPs();
  }

  private static PortQueues queues(Scheduling order, boolean cutThrough) {
    return new PortQueues(
        1_000_000, Optional.empty(), Optional.empty(), order, Optional.empty(), cutThrough);
  }
}
