package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Blueprint;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Moderation;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;

import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Stage;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.queueing.BatchMeans;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;

/**
 * A ring of K frames before a core that polls is a queue with places for K customers, the one in
 * service included. Datagrams come as a Poisson process and are exponentially long; the core takes 8 ns
 * for each of their bytes and nothing else, and the link in front of it a picosecond, 1/8,000 of that,
 * so that it does not spread arrivals: M/M/1/K. (A port's buffer holds bytes, not frames: {@link
 * BufferLossTheoryTest}.)
 *
 * <p>Source: L. Kleinrock, "Queueing Systems", volume 1, section 3.6.
 */
class RingLossTheoryTest {
  private static final int BATCHES = 30;
  private static final long PS_PER_BYTE = 8_000;
  private static final int MEAN_BYTES = 5_000;
  private static final long LOSS = 1_000_000;

  /**
   * A datagram is lost with probability (1 - rho) rho^K / (1 - rho^(K+1)), and 1 / (K + 1) at a load of
   * 1. The 99 % confidence interval holds it and is at most 2 % wide to each side. Lengths are cut at 1
   * and 65,507 bytes, which 1e-4 and 2e-6 of them would pass.
   */
  @ParameterizedTest
  @CsvSource({"0.8, 3", "1.0, 4", "1.2, 5"})
  void datagramsOfExponentialLengthAreLostAsOftenAsInAnMM1KQueue(double load, int most) {
    BatchMeans[] lost = new BatchMeans[1];
    Lab lab = lab(most, flow -> lost[0].departed(flow.deliveredBytes() == 0 ? LOSS : 0));
    lost[0] =
        new BatchMeans(
            25_000, BATCHES, batch -> Arrays.stream(batch).average().orElseThrow() / LOSS,
            lab.simulator::stop);

    arrive(
        lab, lab.connect(Protocol.UDP, 0, 1), lab.simulator.random("gaps"),
        lab.simulator.random("sizes"), MEAN_BYTES * PS_PER_BYTE / load);
    lab.runUntil(1000 * Lab.PS_PER_SECOND);

    double expected =
        load == 1
            ? 1.0 / (most + 1)
            : (1 - load) * Math.pow(load, most) / (1 - Math.pow(load, most + 1));
    Findings.note(
        "M/M/1/" + most + " loss at load " + load, expected, lost[0].mean(), "of datagrams");
    assertThat(lost[0].mean()).isCloseTo(expected, within(lost[0].halfWidth()));
    assertThat(lost[0].halfWidth()).isLessThanOrEqualTo(0.02 * expected);
  }

  private void arrive(
      Lab lab, Connection connection, RandomStream gaps, RandomStream sizes, double meanGapPs) {
    long bytes = Math.round(sizes.exponential(MEAN_BYTES));
    lab.start(lab.datagram(connection, Math.clamp(bytes, 1, 65_507)));
    lab.simulator.after(
        Math.round(gaps.exponential(meanGapPs)),
        () -> arrive(lab, connection, gaps, sizes, meanGapPs));
  }

  /** Hears of every datagram when it has been read or was dropped. */
  private interface Ends {
    void flow(FinishedFlow flow);
  }

  private static Lab lab(int ringFrames, Ends ends) {
    HostProfile profile =
        new HostProfile(
            "free", 1, 1, 0, 0, 0, 10_000_000_000L, 9000, 1, 10_000_000_000L, 0, 1,
            Moderation.TIMER, ringFrames);
    Blueprint blueprint =
        new Blueprint(
            IntStream.range(0, 2)
                .mapToObj(
                    id -> new Host(id, "host" + id, profile, 2, false, Receive.POD_CORE, 1, 1))
                .toList(),
            1);
    int center = blueprint.addSwitch("switch0", 0, PortQueues.ENDLESS);
    for (int host = 0; host < 2; host++) {
      blueprint.link("host" + host + ".up", host, center, Wires.cable(8_000_000_000_000L, 0));
      blueprint.link("host" + host + ".down", center, host, Wires.cable(8_000_000_000_000L, 0));
    }
    Topology topology = blueprint.topology();
    Nobody recorder = new Nobody() {
      @Override
      public void flow(FinishedFlow flow) {
        ends.flow(flow);
      }
    };
    return new Lab(recorder, topology, network());
  }

  /** The switch of the receiving host costs so much a byte, that of the sending one nothing. */
  private static Network network() {
    Stage toCore = new Stage.Handoff(Hook.POLL, "poll", CoreRole.POLLING);
    Stage work =
        new Stage.Work(Hook.POLL, "work", new Cost(0, PS_PER_BYTE), Optional.empty());
    Stage toPod = new Stage.Handoff(Hook.INTERRUPT, "interrupt the pod", CoreRole.SOFTIRQ);
    Cni cni =
        new Cni(
            "polled",
            Optional.of(Datapath.of("pod to pod", toCore, toPod)),
            Datapath.of("pod to wire", toCore),
            Datapath.of("wire to pod", toCore, work, toPod));
    return new Network(
        cni, FreeHosts.network(Transport.Tcp.LINUX).stack(), Transport.Tcp.LINUX, 1500, 1500);
  }
}
