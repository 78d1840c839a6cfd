package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Marking;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.datapath.Transport.Control;
import org.podpath.engine.traffic.Protocol;

/**
 * N DCTCP flows that begin together stay in step: the queue at the marking port is a saw-tooth.
 *
 * <p>Source: M. Alizadeh and others, "Data Center TCP (DCTCP)", SIGCOMM 2010, section 3.3,
 * equations 8 to 10; its figure 12 has the same 10 Gb/s, round trip of 100 µs and K of 40 packets.
 */
class DctcpQueueTheoryTest {
  private static final long BITS_PER_SECOND = 10_000_000_000L;
  private static final long ROUND_TRIP_PS = 100_000_000;
  private static final int THRESHOLD_FRAMES = 40;
  private static final long FROM_PS = Lab.PS_PER_SECOND / 10;
  private static final long UNTIL_PS = Lab.PS_PER_SECOND / 5;

  private long mostBytes;
  private long leastBytes = Long.MAX_VALUE;

  /**
   * Largest queue K + N frames; amplitude N D, D = (W + 1) alpha / 2 with W = (C RTT + K) / N and
   * alpha from alpha² (1 - alpha / 4) = (2 W + 1) / (W + 1)². While alpha is small, so up to 5
   * flows here, that is sqrt(2 N (C RTT + K)) / 2. All within 25 %.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 10})
  void theQueueSwingsAsFarAsTheSawToothSays(int flows) {
    Lab lab = lab(flows);
    int port = lab.port("left.right");
    lab.listen((nowPs, link, frame) -> {
      if (nowPs > FROM_PS) {
        long queuedBytes = lab.engine.ports.queuedBytes(port);
        mostBytes = Math.max(mostBytes, queuedBytes);
        leastBytes = Math.min(leastBytes, queuedBytes);
      }
    });

    for (int i = 0; i < flows; i++) {
      lab.start(lab.until(lab.connect(Protocol.TCP, i, flows + i), UNTIL_PS));
    }
    lab.runUntil(UNTIL_PS);

    double pipeFrames = BITS_PER_SECOND * (ROUND_TRIP_PS * 1e-12) / 8 / FreeHosts.FRAME_BYTES;
    double most = THRESHOLD_FRAMES + flows;
    double window = (pipeFrames + THRESHOLD_FRAMES) / flows;
    double amplitude = flows * (window + 1) * alpha(window) / 2;
    double simpler = Math.sqrt(2 * flows * (pipeFrames + THRESHOLD_FRAMES)) / 2;
    double seenMost = (double) mostBytes / FreeHosts.FRAME_BYTES;
    double seenAmplitude = (double) (mostBytes - leastBytes) / FreeHosts.FRAME_BYTES;
    Findings.note("DCTCP, largest queue of " + flows + " flows", most, seenMost, "frames");
    Findings.note("DCTCP, amplitude of " + flows + " flows", amplitude, seenAmplitude, "frames");
    assertThat(seenMost).isCloseTo(most, within(0.25 * most));
    assertThat(seenAmplitude).isCloseTo(amplitude, within(0.25 * amplitude));
    if (flows <= 5) {
      Findings.note("DCTCP, amplitude of " + flows + " flows, alpha small", simpler, seenAmplitude,
          "frames");
      assertThat(seenAmplitude).isCloseTo(simpler, within(0.25 * simpler));
    }
  }

  private static double alpha(double window) {
    double right = (2 * window + 1) / ((window + 1) * (window + 1));
    return new BrentSolver().solve(100, a -> a * a * (1 - a / 4) - right, 0, 1);
  }

  private static Lab lab(int flows) {
    Transport transport =
        new Transport.Tcp(Control.DCTCP, 10, 10_000_000, Transport.Tcp.LEAST_TIMEOUT_PS);
    PortQueues queues =
        PortQueues.fifo(10_000_000)
            .with(new Marking.Step((long) THRESHOLD_FRAMES * FreeHosts.FRAME_BYTES));
    return new Lab(
        new Nobody(),
        Wires.dumbbell(
            flows, Wires.cable(BITS_PER_SECOND, 0), Wires.cable(BITS_PER_SECOND, 0),
            Wires.cable(BITS_PER_SECOND, ROUND_TRIP_PS), queues),
        FreeHosts.network(transport));
  }
}
