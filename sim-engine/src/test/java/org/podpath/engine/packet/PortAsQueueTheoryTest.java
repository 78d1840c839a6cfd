package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.queueing.BatchMeans;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/**
 * A port that datagrams come to as a Poisson process is an M/G/1 queue: the 99 % confidence
 * interval of the simulation holds the closed form and is at most so wide. The port sends 1 Gb/s;
 * the link in front of it takes a picosecond for a byte, 1/8,000 of that, so that it does not
 * spread arrivals.
 *
 * <p>Source: L. Kleinrock, "Queueing Systems", volume 1, sections 3.2 and 5.6.
 */
class PortAsQueueTheoryTest {
  private static final int BATCHES = 30;
  private static final long PS_PER_BYTE = 8_000;
  private static final int MEAN_WIRE_BYTES = 5_000;

  private final ArrayDeque<Long> arrivedAtPs = new ArrayDeque<>();
  private final Lab lab =
      new Lab(
          new Nobody(),
          Wires.star(
              2, Wires.cable(8_000_000_000_000L, 0), Wires.cable(1_000_000_000, 0),
              PortQueues.ENDLESS),
          FreeHosts.network(Transport.Tcp.LINUX));
  private final int up = lab.port("host0.up");
  private final int down = lab.port("host1.down");
  private final Connection connection = lab.connect(Protocol.UDP, 0, 1);
  private final int overheadBytes = lab.network.datagramOverheadBytes();

  /** Pollaczek-Khinchine for services all alike: s + rho s / (2 (1 - rho)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6})
  void datagramsOfOneSizeStayAsLongAsPollaczekAndKhinchineSay(double load) {
    assertConstantSize(load, 10_000);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(doubles = {0.9})
  void underHighLoadTooDatagramsOfOneSizeStayAsLongAsPollaczekAndKhinchineSay(double load) {
    assertConstantSize(load, 230_000);
  }

  /**
   * M/M/1: s / (1 - rho). Lengths on the wire are exponential with a mean of 5,000 bytes, but for
   * two cuts: none is below the headers and a byte, 67, which 1.3 % would be and which adds
   * 67²/2/5,000 = 0.45 bytes to the mean; none above 65,573, which 2e-6 would be. Both are far
   * below 2 %.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6})
  void datagramsOfExponentialSizeStayAsLongAsInAnMM1Queue(double load) {
    assertExponentialSize(load, 15_000);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(doubles = {0.9})
  void underHighLoadTooDatagramsOfExponentialSizeStayAsLongAsInAnMM1Queue(double load) {
    assertExponentialSize(load, 230_000);
  }

  private void assertConstantSize(double load, int batchDatagrams) {
    double servicePs = MEAN_WIRE_BYTES * PS_PER_BYTE;
    Pace pace =
        Pace.poisson(MEAN_WIRE_BYTES - overheadBytes, Math.round(servicePs / load), "datagrams");
    BatchMeans sojournPs = sojourns(batchDatagrams);

    lab.start(lab.datagrams(connection, pace, Flow.NEVER_PS));
    lab.runUntil(1000 * Lab.PS_PER_SECOND);

    assertHolds("M/D/1", load, sojournPs, servicePs + load * servicePs / (2 * (1 - load)));
  }

  private void assertExponentialSize(double load, int batchDatagrams) {
    double servicePs = MEAN_WIRE_BYTES * PS_PER_BYTE;
    RandomStream gaps = lab.simulator.random("gaps");
    RandomStream sizes = lab.simulator.random("sizes");
    BatchMeans sojournPs = sojourns(batchDatagrams);

    arrive(gaps, sizes, servicePs / load);
    lab.runUntil(1000 * Lab.PS_PER_SECOND);

    assertHolds("M/M/1", load, sojournPs, servicePs / (1 - load));
  }

  private void arrive(RandomStream gaps, RandomStream sizes, double meanGapPs) {
    long bytes = Math.round(sizes.exponential(MEAN_WIRE_BYTES)) - overheadBytes;
    lab.start(lab.datagram(connection, Math.clamp(bytes, 1, 65_507)));
    lab.simulator.after(
        Math.round(gaps.exponential(meanGapPs)), () -> arrive(gaps, sizes, meanGapPs));
  }

  private BatchMeans sojourns(int batchDatagrams) {
    BatchMeans batches =
        new BatchMeans(
            batchDatagrams, BATCHES, batchPs -> Arrays.stream(batchPs).average().orElseThrow(),
            lab.simulator::stop);
    lab.listen((nowPs, link, frame) -> note(nowPs, link, frame, batches));
    return batches;
  }

  private void note(long nowPs, int link, SeenFrame frame, BatchMeans batches) {
    if (link == up) {
      arrivedAtPs.add(nowPs);
    } else if (link == down) {
      batches.departed(nowPs - arrivedAtPs.remove());
    }
  }

  private static void assertHolds(
      String queue, double load, BatchMeans sojournPs, double expectedPs) {
    Findings.note(queue + " sojourn at load " + load, expectedPs, sojournPs.mean(), "ps");
    assertThat(sojournPs.mean()).isCloseTo(expectedPs, within(sojournPs.halfWidth()));
    assertThat(sojournPs.halfWidth()).isLessThanOrEqualTo(0.02 * expectedPs);
  }
}
