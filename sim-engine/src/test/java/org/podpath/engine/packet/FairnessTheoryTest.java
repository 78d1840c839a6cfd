package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Marking;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.datapath.Transport.Control;
import org.podpath.engine.traffic.Protocol;

/**
 * Connections that are alike share a bottleneck alike: additive increase and multiplicative
 * decrease lead to equal windows wherever they begin.
 *
 * <p>Source: D.-M. Chiu, R. Jain, "Analysis of the increase and decrease algorithms for congestion
 * avoidance in computer networks", Computer Networks and ISDN Systems 17(1), 1989.
 */
class FairnessTheoryTest {
  private static final long BITS_PER_SECOND = 100_000_000L;

  /**
   * Two connections, the second one five seconds after the first, on a port that drops at random
   * before it is full (RED), so that chance and not the moment of an arrival chooses whom it hits:
   * each has half of the port, within 10 %, and together they fill it.
   */
  @ParameterizedTest
  @CsvSource({"RENO", "CUBIC", "DCTCP"})
  void twoConnectionsHaveHalfOfThePortEach(Control control) {
    Transport transport =
        new Transport.Tcp(control, 10, 10_000_000, Transport.Tcp.LEAST_TIMEOUT_PS);
    PortQueues queues =
        PortQueues.fifo(400_000)
            .with(
                control == Control.DCTCP
                    ? new Marking.Step(30_000)
                    : new Marking.Red(50_000, 300_000, 0.02));
    Lab lab =
        new Lab(
            new Nobody(),
            Wires.dumbbell(
                2, Wires.cable(1_000_000_000L, 0), Wires.cable(BITS_PER_SECOND, 0),
                Wires.cable(1_000_000_000L, 10_000_000_000L), queues),
            FreeHosts.network(transport));
    long endPs = 120 * Lab.PS_PER_SECOND;
    long fromPs = 20 * Lab.PS_PER_SECOND;
    int port = lab.port("left.right");
    long[] wireBytes = new long[2];
    lab.listen((nowPs, link, frame) -> {
      if (link == port && nowPs > fromPs) {
        wireBytes[frame.connection().sourcePod()] += lab.wireBytes(frame);
      }
    });

    lab.start(lab.until(lab.connect(Protocol.TCP, 0, 2), endPs));
    lab.simulator.after(
        5 * Lab.PS_PER_SECOND,
        () -> lab.start(lab.until(lab.connect(Protocol.TCP, 1, 3), endPs)));
    lab.runUntil(endPs);

    double allBytes = BITS_PER_SECOND / 8.0 * (endPs - fromPs) * 1e-12;
    Findings.note(control + ", share of the first of two", 0.5, wireBytes[0] / allBytes,
        "of the port");
    assertThat(wireBytes[0] / allBytes).isCloseTo(0.5, within(0.05));
    assertThat(wireBytes[1] / allBytes).isCloseTo(0.5, within(0.05));
    assertThat((wireBytes[0] + wireBytes[1]) / allBytes).isCloseTo(1, within(0.02));
  }
}
