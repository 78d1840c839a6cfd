package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.DynamicThreshold;
import org.podpath.engine.cluster.PortQueues.Scheduling;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/**
 * N overloaded ports of a shared buffer of B bytes with a dynamic threshold alpha: each holds alpha
 * times what is free, q = alpha (B - N q), so q = alpha B / (1 + alpha N).
 *
 * <p>Source: A. K. Choudhury, E. L. Hahne, "Dynamic Queue Length Thresholds for Shared-Memory
 * Packet Switches", IEEE/ACM ToN 6(2), 1998, section III.
 */
class SharedBufferTheoryTest {
  private static final long BUFFER_BYTES = 1_200_000;
  private static final int WIRE_BYTES = 1_500;

  /** Two senders at the line rate for each port fill it; two frames more or less are in between. */
  @ParameterizedTest
  @CsvSource({
      "FIFO, 0.5, 1", "FIFO, 1, 1", "FIFO, 1, 2", "FIFO, 2, 3", "FIFO, 8, 4",
      "STRICT, 0.5, 1", "STRICT, 1, 2", "STRICT, 8, 4",
  })
  void overloadedPortsHoldTheirShareOfTheBuffer(Order order, double alpha, int ports) {
    Lab lab = lab(order, alpha, 3 * ports);
    int bytes = WIRE_BYTES - lab.network.datagramOverheadBytes();
    Pace pace = Pace.every(bytes, WIRE_BYTES * 800L);
    for (int sender = 0; sender < 2 * ports; sender++) {
      lab.start(
          lab.datagrams(
              lab.connect(Protocol.UDP, ports + sender, sender % ports), pace,
              Lab.PS_PER_SECOND));
    }

    lab.runUntil(Lab.PS_PER_SECOND / 100);

    double shareBytes = alpha * BUFFER_BYTES / (1 + alpha * ports);
    for (int port = 0; port < ports; port++) {
      long heldBytes = lab.engine.ports.queuedBytes(lab.port("host" + port + ".down"));
      if (port == 0) {
        Findings.note(order + " alpha " + alpha + " N " + ports, shareBytes, heldBytes, "B");
      }
      assertThat((double) heldBytes).isCloseTo(shareBytes, within(2.0 * WIRE_BYTES));
    }
  }

  /** With and without a queue for each class. */
  enum Order {
    FIFO(new Scheduling.Fifo()),
    STRICT(new Scheduling.StrictPriority());

    private final Scheduling scheduling;

    Order(Scheduling scheduling) {
      this.scheduling = scheduling;
    }
  }

  private static Lab lab(Order order, double alpha, int hosts) {
    PortQueues queues =
        new PortQueues(
            BUFFER_BYTES, Optional.of(new DynamicThreshold(alpha)), Optional.empty(),
            order.scheduling, Optional.empty(), false);
    return new Lab(
        Wires.star(
            hosts, Wires.cable(10_000_000_000L, 0), Wires.cable(10_000_000_000L, 0), queues),
        FreeHosts.network(Transport.Tcp.LINUX));
  }
}
