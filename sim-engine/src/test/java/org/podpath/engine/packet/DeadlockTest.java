package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Pause;
import org.podpath.engine.cluster.PortQueues.Scheduling;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Protocol;

/**
 * Switches in a circle that pause each other, with flows that go more than one link round: each
 * port waits for the next one, and none can go on.
 */
class DeadlockTest {
  private static final PortQueues PAUSING =
      new PortQueues(
          1_000_000, Optional.empty(), Optional.empty(), new Scheduling.Fifo(),
          Optional.of(new Pause(10_000, 5_000, 0)), false);

  /** Each host sends to the one before it: all the way round but one link. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aCircleOfPausedPortsStopsTheRunAndIsNamed(int switches) {
    Lab lab = lab(switches, PAUSING);

    for (int host = 0; host < switches; host++) {
      lab.start(
          lab.bytes(
              lab.connect(Protocol.ROCE, host, (host + switches - 1) % switches), 10_000_000));
    }
    lab.runToTheEnd();

    assertThat(lab.report.stuck()).hasSize(1);
    String circle = lab.report.stuck().iterator().next();
    String[] ports = circle.substring(circle.indexOf(": ") + 2).split(" > ");
    assertThat(ports).hasSize(switches + 1);
    for (int i = 0; i < switches; i++) {
      // s0.s1 is followed by s1.s2, and the last by the first
      assertThat(ports[i + 1]).startsWith(ports[i].substring(ports[i].indexOf('.') + 1) + ".");
    }
    assertThat(ports[0]).isEqualTo(ports[switches]);
    assertThat(lab.simulator.nowPs()).isLessThan(Lab.PS_PER_SECOND);
    assertThat(lab.report.unfinished()).hasSize(switches);
  }

  /** Flows over one link each wait for nobody behind them. */
  @Test
  void aCircleOfSwitchesWithoutACircleOfFlowsGoesOn() {
    Lab lab = lab(3, PAUSING);

    lab.start(lab.bytes(lab.connect(Protocol.ROCE, 0, 2), 3_000_000));
    lab.start(lab.bytes(lab.connect(Protocol.ROCE, 1, 2), 3_000_000));
    lab.runToTheEnd();

    assertThat(lab.report.stuck()).isEmpty();
    assertThat(lab.engine.ports.pausedPs(lab.port("s0.s1"))).isPositive();
    assertThat(lab.report.flows()).hasSize(2).allMatch(FinishedFlow::complete);
  }

  /** The same flows as in the circle of three with room for all that waits: no port is paused. */
  @Test
  void withoutPausesTheSameFlowsFinish() {
    Lab lab = lab(3, PortQueues.ENDLESS);

    for (int host = 0; host < 3; host++) {
      lab.start(lab.bytes(lab.connect(Protocol.ROCE, host, (host + 2) % 3), 10_000_000));
    }
    lab.runToTheEnd();

    assertThat(lab.report.stuck()).isEmpty();
    assertThat(lab.report.flows()).hasSize(3).allMatch(FinishedFlow::complete);
  }

  private static Lab lab(int switches, PortQueues queues) {
    return new Lab(
        Wires.ring(switches, Wires.cable(10_000_000_000L, 100_000), queues),
        FreeHosts.network(Transport.Roce.DCQCN));
  }
}
