package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.Blueprint;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
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
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;

/**
 * A core that polls, between a pod that costs nothing and a link that takes a picosecond for a byte: what
 * a frame spends before the link is what it spends at the core.
 *
 * <p>Source: L. Kleinrock, "Queueing Systems", volume 1, section 5.6.
 */
class PollingCoreTheoryTest {
  private static final int BYTES = 100;
  private static final long FRAME_PS = 800_000;
  private static final long PS_PER_BYTE = 2_000;
  private static final long SERVICE_PS = FRAME_PS + BYTES * PS_PER_BYTE;
  private static final HostProfile PROFILE =
      new HostProfile("free", 1, 1, 0, 0, 0, 10_000_000_000L, 9000, 1, 10_000_000_000L, 0);

  private final ArrayDeque<Long> sentAtPs = new ArrayDeque<>();

  /** Pollaczek-Khinchine for services all alike: s + rho s / (2 (1 - rho)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6})
  void framesStayAsLongAsPollaczekAndKhinchineSay(double load) {
    Lab lab = lab(0);
    BatchMeans sojournPs =
        new BatchMeans(
            10_000, 30, batch -> Arrays.stream(batch).average().orElseThrow(),
            lab.simulator::stop);
    listen(lab, sojournPs);
    arrive(lab, lab.simulator.random("gaps"), SERVICE_PS / load);

    lab.simulator.runUntil(1000 * Lab.PS_PER_SECOND);

    double expectedPs = SERVICE_PS + load * SERVICE_PS / (2 * (1 - load));
    assertThat(sojournPs.mean()).isCloseTo(expectedPs, within(sojournPs.halfWidth()));
    assertThat(sojournPs.halfWidth()).isLessThanOrEqualTo(0.02 * expectedPs);
  }

  /** The second of two frames waits for the first, not for another look. */
  @Test
  void aFrameWaitsUntilTheCoreLooksOrIsDoneWithThoseBefore() {
    Lab lab = lab(300_000);
    StringBuilder leaves = new StringBuilder();
    long wirePs = BYTES + lab.network.datagramOverheadBytes();
    lab.listen((nowPs, link, frame) -> {
      if (link == lab.port("host0.up")) {
        leaves.append(nowPs - wirePs).append(' ');
      }
    });
    Connection connection = lab.connect(Protocol.UDP, 0, 1);
    lab.start(lab.datagram(connection, BYTES));
    lab.start(lab.datagram(connection, BYTES));

    lab.runToTheEnd();

    assertThat(leaves.toString().trim())
        .isEqualTo((300_000 + SERVICE_PS) + " " + (300_000 + 2 * SERVICE_PS));
  }

  private void listen(Lab lab, BatchMeans sojournPs) {
    long wirePs = BYTES + lab.network.datagramOverheadBytes();
    int up = lab.port("host0.up");
    lab.listen((nowPs, link, frame) -> {
      if (link == up) {
        sojournPs.departed(nowPs - wirePs - sentAtPs.remove());
      }
    });
  }

  private void arrive(Lab lab, RandomStream gaps, double meanGapPs) {
    Connection connection = lab.connect(Protocol.UDP, 0, 1);
    arrive(lab, connection, gaps, meanGapPs);
  }

  private void arrive(Lab lab, Connection connection, RandomStream gaps, double meanGapPs) {
    sentAtPs.add(lab.simulator.nowPs());
    lab.start(lab.datagram(connection, BYTES));
    lab.simulator.after(
        Math.round(gaps.exponential(meanGapPs)),
        () -> arrive(lab, connection, gaps, meanGapPs));
  }

  private static Lab lab(long waitPs) {
    List<Host> hosts =
        IntStream.range(0, 2)
            .mapToObj(
                id -> new Host(id, "host" + id, PROFILE, 2, false, Receive.POD_CORE, 1, 1))
            .toList();
    Blueprint blueprint = new Blueprint(hosts, 1);
    int center = blueprint.addSwitch("switch0", 0, PortQueues.ENDLESS);
    for (int host = 0; host < 2; host++) {
      blueprint.link("host" + host + ".up", host, center, Wires.cable(8_000_000_000_000L, 0));
    }
    for (int host = 0; host < 2; host++) {
      blueprint.link("host" + host + ".down", center, host, Wires.cable(8_000_000_000_000L, 0));
    }
    Topology topology = blueprint.topology();
    return new Lab(new Nobody(), topology, network(waitPs));
  }

  private static Network network(long waitPs) {
    Stage toCore = new Stage.Handoff(Hook.POLL, "poll", CoreRole.POLLING);
    Stage wait = new Stage.Delay(Hook.POLL, "wait for a poll", waitPs);
    Stage work =
        new Stage.Work(Hook.POLL, "work", new Cost(FRAME_PS, PS_PER_BYTE), Optional.empty());
    Stage toPod = new Stage.Handoff(Hook.INTERRUPT, "interrupt the pod", CoreRole.SOFTIRQ);
    Cni cni =
        new Cni(
            "polled",
            Optional.of(Datapath.of("pod to pod", toCore, wait, work, toPod)),
            Datapath.of("pod to wire", toCore, wait, work),
            Datapath.of("wire to pod", toCore, wait, work, toPod));
    return new Network(
        cni, FreeHosts.network(Transport.Tcp.LINUX).stack(), Transport.Tcp.LINUX, 1500, 1500);
  }
}
