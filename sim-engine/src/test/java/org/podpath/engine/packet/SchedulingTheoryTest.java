package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Scheduling;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.queueing.BatchMeans;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/** Ports that tell classes apart: hosts 0, 1 and 2 send to host 3, each in a class of its own. */
class SchedulingTheoryTest {
  private static final int WIRE_BYTES = 1_500;
  private static final long PS_PER_BYTE = 800;
  private static final long FRAME_PS = WIRE_BYTES * PS_PER_BYTE;
  private static final int[] CLASSES = {1, 4, 7};
  private static final long RUN_PS = 20 * Lab.PS_PER_SECOND / 1000;

  /**
   * Class 7 asks for 0.3 of the port and gets it, class 4 asks for 0.5 and gets it, class 1 asks
   * for 0.5 and gets the 0.2 that are left: also where the buffer is full of frames that wait.
   */
  @ParameterizedTest
  @ValueSource(longs = {1L << 40, 30_000})
  void higherClassesGetWhatTheyAskForAndTheLowestTheRest(long bufferBytes) {
    Lab lab = lab(new Scheduling.StrictPriority(), bufferBytes);

    double[] shares = shares(lab, new double[] {0.5, 0.5, 0.3});

    assertThat(shares[2]).isCloseTo(0.3, within(0.002));
    assertThat(shares[1]).isCloseTo(0.5, within(0.002));
    assertThat(shares[0]).isCloseTo(0.2, within(0.002));
  }

  /**
   * Three classes that each ask for 0.9 get shares like their quanta, 2 : 5 : 3, however these
   * compare with a frame, and however small the buffer is.
   */
  @ParameterizedTest
  @ValueSource(longs = {1L << 40, 30_000})
  void classesInTurnGetSharesLikeTheirQuanta(long bufferBytes) {
    List<Integer> quanta = List.of(1, 2_000, 1, 1, 5_000, 1, 1, 3_000);
    Lab lab = lab(new Scheduling.DeficitRoundRobin(quanta), bufferBytes);

    double[] shares = shares(lab, new double[] {0.9, 0.9, 0.9});

    assertThat(shares[0]).isCloseTo(0.2, within(0.002));
    assertThat(shares[1]).isCloseTo(0.5, within(0.002));
    assertThat(shares[2]).isCloseTo(0.3, within(0.002));
  }

  /** Class 1 asks for 0.1, less than its share of 0.2: the rest goes to the others, 5 : 3. */
  @Test
  void whatAClassLeavesGoesToTheOthersInTheirRatio() {
    List<Integer> quanta = List.of(1, 2_000, 1, 1, 5_000, 1, 1, 3_000);
    Lab lab = lab(new Scheduling.DeficitRoundRobin(quanta), 1L << 40);

    double[] shares = shares(lab, new double[] {0.1, 0.9, 0.9});

    assertThat(shares[0]).isCloseTo(0.1, within(0.002));
    assertThat(shares[1]).isCloseTo(0.9 * 5 / 8, within(0.002));
    assertThat(shares[2]).isCloseTo(0.9 * 3 / 8, within(0.002));
  }

  /**
   * Two classes of Poisson datagrams, non-preemptive: class 7 waits R / (1 - rho7), class 1 R / ((1
   * - rho7) (1 - rho7 - rho1)), where R = (rho1 + rho7) s / 2 is what is left of the frame that an
   * arrival finds leaving.
   *
   * <p>Source: A. Cobham, "Priority assignment in waiting line problems", Operations Research 2(1),
   * 1954.
   */
  @Test
  void waitsOfTwoClassesAreCobhams() {
    Lab lab = lab(new Scheduling.StrictPriority(), 1L << 40);
    double high = 0.3;
    double low = 0.3;
    double leftPs = (high + low) * FRAME_PS / 2;
    BatchMeans lowPs = batches(lab, 40_000, () -> {});
    BatchMeans highPs = batches(lab, 40_000, lab.simulator::stop);
    listen(lab, lowPs, highPs);

    start(lab, 0, low, true, Flow.NEVER_PS);
    start(lab, 2, high, true, Flow.NEVER_PS);
    lab.runUntil(1000 * Lab.PS_PER_SECOND);

    assertHolds("Cobham, class 7 stays", highPs, FRAME_PS + leftPs / (1 - high));
    assertHolds("Cobham, class 1 stays", lowPs,
        FRAME_PS + leftPs / ((1 - high) * (1 - high - low)));
  }

  private static void assertHolds(String what, BatchMeans stayPs, double expectedPs) {
    Findings.note(what, expectedPs, stayPs.mean(), "ps");
    assertThat(stayPs.mean()).isCloseTo(expectedPs, within(stayPs.halfWidth()));
    assertThat(stayPs.halfWidth()).isLessThanOrEqualTo(0.02 * expectedPs);
  }

  /** Datagrams of one class stay in order: each that leaves is the first of those that came. */
  private static void listen(Lab lab, BatchMeans lowPs, BatchMeans highPs) {
    List<ArrayDeque<Long>> came = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    int down = lab.port("host3.down");
    lab.listen((nowPs, link, frame) -> {
      boolean high = frame.connection().sourcePod() == 2;
      ArrayDeque<Long> own = came.get(high ? 1 : 0);
      if (link != down) {
        own.add(nowPs);
      } else {
        (high ? highPs : lowPs).departed(nowPs - own.remove());
      }
    });
  }

  private static BatchMeans batches(Lab lab, int customers, Runnable whenComplete) {
    return new BatchMeans(
        customers, 30, batch -> Arrays.stream(batch).average().orElseThrow(), whenComplete);
  }

  /** Bytes that each sender got through the port, over what the port can send. */
  private static double[] shares(Lab lab, double[] asked) {
    long[] wireBytes = new long[3];
    int down = lab.port("host3.down");
    lab.listen((nowPs, link, frame) -> {
      if (link == down && nowPs > RUN_PS / 10) {
        wireBytes[frame.connection().sourcePod()] += lab.wireBytes(frame);
      }
    });
    for (int host = 0; host < 3; host++) {
      start(lab, host, asked[host], false, RUN_PS);
    }
    lab.runUntil(RUN_PS);
    return Arrays.stream(wireBytes).mapToDouble(b -> b * PS_PER_BYTE / (0.9 * RUN_PS)).toArray();
  }

  private static void start(Lab lab, int host, double load, boolean random, long untilPs) {
    int bytes = WIRE_BYTES - lab.network.datagramOverheadBytes();
    long gapPs = Math.round(FRAME_PS / load) + host;
    Pace pace =
        random ? Pace.poisson(bytes, gapPs, "datagrams/" + host) : Pace.every(bytes, gapPs);
    lab.start(lab.datagrams(lab.connect(Protocol.UDP, host, 3), pace, untilPs));
  }

  private static Lab lab(Scheduling scheduling, long bufferBytes) {
    PortQueues queues =
        new PortQueues(
            bufferBytes, Optional.empty(), Optional.empty(), scheduling, Optional.empty(), false);
    return new Lab(
        new Nobody(),
        Wires.star(
            4, Wires.cable(8_000_000_000_000L, 0), Wires.cable(10_000_000_000L, 0), queues),
        FreeHosts.network(Transport.Tcp.LINUX), CLASSES);
  }
}
