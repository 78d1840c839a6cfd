package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.queueing.BatchMeans;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/**
 * A drop-tail port loses the share of Poisson datagrams that queueing theory says: the 99 %
 * confidence interval holds it and is at most 2 % wide to each side.
 */
class BufferLossTheoryTest {
  private static final int BATCHES = 30;
  private static final long PS_PER_BYTE = 8_000;
  private static final int MEAN_WIRE_BYTES = 5_000;
  private static final long LOSS = 1_000_000;

  private Lab lab;
  private long droppedBefore;
  private boolean anyCame;

  /**
   * M/D/1/K. A datagram is taken where it and the work in front of it fit into K datagrams: with n
   * here, of which the one that leaves has r to go, n - 1 + r + 1 is at most K for n = K - 1, above
   * it for n = K. The chain of what departing datagrams leave behind moves from i to j with
   * probability a(j - i + 1), Poisson(rho), and from 0 as from 1; its distribution up to K - 1 is,
   * but for the sum, that of the infinite queue. The port is busy for lambda (1 - P) s of the time,
   * and the chain gives P = 1 - 1 / (pi(0) + rho).
   *
   * <p>Source: D. Gross and others, "Fundamentals of Queueing Theory", section 5.1.8 (M/G/1/K).
   */
  @ParameterizedTest
  @CsvSource({"0.8, 3", "1.2, 5"})
  void datagramsOfOneSizeAreLostAsOftenAsInAnMD1KQueue(double load, int most) {
    build(PortQueues.fifo((long) most * MEAN_WIRE_BYTES));
    int bytes = MEAN_WIRE_BYTES - lab.network.datagramOverheadBytes();
    long gapPs = Math.round(MEAN_WIRE_BYTES * PS_PER_BYTE / load);
    BatchMeans lost = losses(15_000);

    lab.start(
        lab.datagrams(
            lab.connect(Protocol.UDP, 0, 1), Pace.poisson(bytes, gapPs, "datagrams"),
            Flow.NEVER_PS));
    lab.runUntil(1000 * Lab.PS_PER_SECOND);

    assertHolds("M/D/1/" + most + " loss at load " + load, lost, lossOfMD1K(load, most));
  }

  private static double lossOfMD1K(double load, int most) {
    double[] arrivals = new double[most + 1];
    arrivals[0] = Math.exp(-load);
    for (int j = 1; j <= most; j++) {
      arrivals[j] = arrivals[j - 1] * load / j;
    }
    double[] behind = new double[most];
    behind[0] = 1;
    double sum = 1;
    for (int j = 0; j + 1 < most; j++) {
      double from = behind[j] - behind[0] * arrivals[j];
      for (int i = 1; i <= j; i++) {
        from -= behind[i] * arrivals[j - i + 1];
      }
      behind[j + 1] = from / arrivals[0];
      sum += behind[j + 1];
    }
    return 1 - 1 / (1 / sum + load);
  }

  /**
   * M/M/1 in a buffer of B bytes. Let the work V have an atom p at 0 and density f. Work falls
   * through x as often as it jumps over it, and a datagram that does not fit is lost: f(x) = lambda
   * E[exp(-mu (x - V)) - exp(-mu (B - V)); V up to x]. With C(x) = E[exp(mu V); V up to x] that is
   * f(x) = lambda C(x) (exp(-mu x) - exp(-mu B)), and C' = f exp(mu x) gives C(x) = p exp(lambda x
   * - rho exp(-mu B) (exp(mu x) - 1)). The sum of p and f is 1, and a datagram is lost with
   * probability E[exp(-mu (B - V))] = exp(-mu B) C(B). Lengths are cut as in {@link
   * PortAsQueueTheoryTest}.
   *
   * <p>Source of the method: P. H. Brill, M. J. M. Posner, "Level crossings in point processes
   * applied to queues", Operations Research 25(4), 1977.
   */
  @ParameterizedTest
  @CsvSource({"0.8, 3", "1.2, 5"})
  void datagramsOfExponentialSizeAreLostAsOftenAsTheirBytesFindNoRoom(double load, int most) {
    build(PortQueues.fifo((long) most * MEAN_WIRE_BYTES));
    BatchMeans lost = losses(10_000);

    arrive(
        lab.connect(Protocol.UDP, 0, 1), lab.simulator.random("gaps"),
        lab.simulator.random("sizes"), MEAN_WIRE_BYTES * PS_PER_BYTE / load);
    lab.runUntil(1000 * Lab.PS_PER_SECOND);

    assertHolds("M/M/1 in " + most + " means of bytes, loss at load " + load, lost,
        lossOfBytes(load, most));
  }

  /** Bytes in units of the mean length, so that mu is 1 and lambda is the load. */
  private static double lossOfBytes(double load, double room) {
    double density =
        new SimpsonIntegrator().integrate(
            1_000_000, x -> load * (Math.exp(-x) - Math.exp(-room)) * weight(load, room, x), 0,
            room);
    double empty = 1 / (1 + density);
    return Math.exp(-room) * empty * weight(load, room, room);
  }

  /** C(x) / p. */
  private static double weight(double load, double room, double x) {
    return Math.exp(load * x - load * Math.exp(-room) * (Math.exp(x) - 1));
  }

  private void build(PortQueues queues) {
    lab =
        new Lab(
            new Nobody(),
            Wires.star(
                2, Wires.cable(8_000_000_000_000L, 0), Wires.cable(1_000_000_000, 0), queues),
            FreeHosts.network(Transport.Tcp.LINUX));
  }

  private void arrive(
      Connection connection, RandomStream gaps, RandomStream sizes, double meanGapPs) {
    long bytes =
        Math.round(sizes.exponential(MEAN_WIRE_BYTES)) - lab.network.datagramOverheadBytes();
    lab.start(lab.datagram(connection, Math.clamp(bytes, 1, 65_507)));
    lab.simulator.after(
        Math.round(gaps.exponential(meanGapPs)),
        () -> arrive(connection, gaps, sizes, meanGapPs));
  }

  /** What became of a datagram is known when the next one comes. */
  private BatchMeans losses(int batchDatagrams) {
    int up = lab.port("host0.up");
    int down = lab.port("host1.down");
    BatchMeans batches =
        new BatchMeans(
            batchDatagrams, BATCHES, batch -> Arrays.stream(batch).average().orElseThrow() / LOSS,
            lab.simulator::stop);
    lab.listen((nowPs, link, frame) -> {
      if (link == up) {
        long dropped = lab.engine.ports.droppedFrames(down);
        if (anyCame) {
          batches.departed((dropped - droppedBefore) * LOSS);
        }
        anyCame = true;
        droppedBefore = dropped;
      }
    });
    return batches;
  }

  private static void assertHolds(String what, BatchMeans lost, double expectedRatio) {
    Findings.note(what, expectedRatio, lost.mean(), "of datagrams");
    assertThat(lost.mean()).isCloseTo(expectedRatio, within(lost.halfWidth()));
    assertThat(lost.halfWidth()).isLessThanOrEqualTo(0.02 * expectedRatio);
  }
}
