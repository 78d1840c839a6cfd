package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Marking;
import org.podpath.engine.cluster.PortQueues.Pause;
import org.podpath.engine.cluster.PortQueues.Scheduling;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.traffic.Protocol;

/**
 * N RoCE connections with DCQCN share a port evenly, and fill it.
 *
 * <p>Source: Y. Zhu and others, "Congestion Control for Large-Scale RDMA Deployments", SIGCOMM
 * 2015, section 5.2: the fixed point of the model is C / N for each; marking thresholds of section
 * 6.
 */
class DcqcnShareTheoryTest {
  private static final long BITS_PER_SECOND = 40_000_000_000L;
  private static final long UNTIL_PS = Lab.PS_PER_SECOND;

  /** Each within 5 % of C / N; the last one begins a while after the others. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void eachConnectionHasItsShareOfThePort(int flows) {
    assertShares(flows);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void manyConnectionsToo(int flows) {
    assertShares(flows);
  }

  private static void assertShares(int flows) {
    Lab lab = lab(flows);
    int port = lab.port("host" + flows + ".down");
    long[] wireBytes = new long[flows];
    lab.listen((nowPs, link, frame) -> {
      if (link == port && nowPs > UNTIL_PS / 5) {
        wireBytes[frame.connection().sourcePod()] += lab.wireBytes(frame);
      }
    });

    for (int i = 0; i < flows; i++) {
      int host = i;
      lab.simulator.after(
          i == flows - 1 ? UNTIL_PS / 100 : 0,
          () -> lab.start(lab.until(lab.connect(Protocol.ROCE, host, flows), UNTIL_PS)));
    }
    lab.runUntil(UNTIL_PS);

    double shareBytes = BITS_PER_SECOND / 8.0 * (UNTIL_PS * 1e-12 * 4 / 5) / flows;
    Findings.note("DCQCN, share of the last of " + flows, shareBytes, wireBytes[flows - 1], "B");
    for (int i = 0; i < flows; i++) {
      assertThat((double) wireBytes[i]).isCloseTo(shareBytes, within(0.05 * shareBytes));
    }
  }

  private static Lab lab(int flows) {
    PortQueues queues =
        new PortQueues(
            12_000_000, Optional.empty(), Optional.of(new Marking.Red(5_000, 200_000, 0.01)),
            new Scheduling.Fifo(), Optional.of(new Pause(500_000, 400_000, 0)), false);
    return new Lab(
        new Nobody(),
        Wires.star(
            flows + 1, Wires.cable(BITS_PER_SECOND, 1_000_000),
            Wires.cable(BITS_PER_SECOND, 1_000_000), queues),
        FreeHosts.network(Transport.Roce.DCQCN));
  }
}
