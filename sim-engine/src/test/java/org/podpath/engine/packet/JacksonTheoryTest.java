package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.queueing.BatchMeans;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;

/**
 * A Jackson network of two network cards. Datagrams come to host 0 as a Poisson process; host 0
 * passes them to host 1, which sends three of ten back to host 0 and the rest to host 2. Each host
 * sends datagrams of its own exponential length, so that services are independent of each other, as
 * Jackson wants and a frame that keeps its length is not. What leads from the cards to the hosts
 * takes a picosecond for a byte, 1/8,000 of the cards' time.
 *
 * <p>Source: J. R. Jackson, "Networks of waiting lines", Operations Research 5(4), 1957.
 */
class JacksonTheoryTest {
  private static final long PS_PER_BYTE = 8_000;
  private static final double[] MEAN_WIRE_BYTES = {5_000, 4_000};
  private static final double BACK_RATIO = 0.3;
  private static final double GAP_PS = 100e6;
  private static final long EMPTY = 1_000_000;

  private final Lab lab =
      new Lab(
          new Nobody(),
          Wires.star(
              3, Wires.cable(1_000_000_000, 0), Wires.cable(8_000_000_000_000L, 0),
              PortQueues.ENDLESS),
          FreeHosts.network(Transport.Tcp.LINUX));
  private final Connection forth = lab.connect(Protocol.UDP, 0, 1);
  private final Connection back = lab.connect(Protocol.UDP, 1, 0);
  private final Connection out = lab.connect(Protocol.UDP, 1, 2);
  private final RandomStream gaps = lab.simulator.random("gaps");
  private final RandomStream ways = lab.simulator.random("ways");
  private final RandomStream[] sizes = {
      lab.simulator.random("sizes/0"), lab.simulator.random("sizes/1")
  };
  private final int[] here = new int[2];
  private final BatchMeans[] stayPs = {batches(20_000, 1), batches(14_000, 1)};
  private final BatchMeans bothEmpty = batches(14_000, EMPTY);
  private int complete;

  /**
   * Both cards see lambda / (1 - 0.3): loads of 40 µs and 32 µs over 70 µs are 0.571 and 0.457.
   * Each is an M/M/1 queue, a visit takes s / (1 - rho), and an arrival from outside finds both
   * empty with probability (1 - rho0) (1 - rho1).
   */
  @Test
  void cardsThatPassDatagramsOnAreIndependentQueues() {
    double[] load = new double[2];
    double[] servicePs = new double[2];
    for (int card = 0; card < 2; card++) {
      servicePs[card] = MEAN_WIRE_BYTES[card] * PS_PER_BYTE;
      load[card] = servicePs[card] / GAP_PS / (1 - BACK_RATIO);
    }

    arrive();
    lab.runUntil(1000 * Lab.PS_PER_SECOND);

    for (int card = 0; card < 2; card++) {
      assertHolds("Jackson, stay at card " + card, stayPs[card],
          servicePs[card] / (1 - load[card]), "ps");
    }
    assertHolds("Jackson, both cards empty", bothEmpty, (1 - load[0]) * (1 - load[1]),
        "of arrivals");
  }

  private void arrive() {
    bothEmpty.departed(here[0] + here[1] == 0 ? EMPTY : 0);
    visit(0, forth);
    lab.simulator.after(Math.round(gaps.exponential(GAP_PS)), this::arrive);
  }

  private void visit(int card, Connection over) {
    long cameAtPs = lab.simulator.nowPs();
    here[card]++;
    long bytes =
        Math.round(sizes[card].exponential(MEAN_WIRE_BYTES[card]))
            - lab.network.datagramOverheadBytes();
    lab.start(lab.datagram(over, Math.clamp(bytes, 1, 65_507)), () -> {
      here[card]--;
      stayPs[card].departed(lab.simulator.nowPs() - cameAtPs);
      if (card == 0) {
        visit(1, ways.nextDouble() < BACK_RATIO ? back : out);
      } else if (over == back) {
        visit(0, forth);
      }
    });
  }

  private BatchMeans batches(int customers, long unit) {
    return new BatchMeans(
        customers, 30, batch -> Arrays.stream(batch).average().orElseThrow() / unit,
        this::oneIsComplete);
  }

  /** All three have 30 batches: the last one to fill ends the run. */
  private void oneIsComplete() {
    if (++complete == 3) {
      lab.simulator.stop();
    }
  }

  private static void assertHolds(
      String what, BatchMeans batches, double expected, String unit) {
    Findings.note(what, expected, batches.mean(), unit);
    assertThat(batches.mean()).isCloseTo(expected, within(batches.halfWidth()));
    assertThat(batches.halfWidth()).isLessThanOrEqualTo(0.02 * expected);
  }
}
