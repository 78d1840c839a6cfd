package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Equipment;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Moderation;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.RailOptimised;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.HandMade;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.QueueUse;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/**
 * A kernel that is told of frames when they leave for it does what one does that each of them wakes
 * when it comes: the second is what happens where somebody watches the frames.
 *
 * <p>Hosts have two cards, so that frames over two links, some at one moment, come to one queue; they
 * are slow and their rings short, so that frames find them full. No switch drops any.
 */
class ToldAheadTest {
  private static final int HOSTS = 6;
  private static final int CARDS = 2;
  private static final Network NETWORK =
      new Network(HandMade.cni(50, 4), HandMade.stack(), 1446, 1500);

  /** What can be told from outside. */
  private record Outcome(
      List<String> flows, List<QueueUse> queues, List<String> notes, long hops, long events) {}

  @ParameterizedTest
  @CsvSource({
      "TIMER,    POD_CORE, TCP, 1",
      "TIMER,    POD_CORE, UDP, 60",
      "THROTTLE, POD_CORE, UDP, 60",
      "ADAPTIVE, RSS,      TCP, 60",
      "ADAPTIVE, RSS,      UDP, 60",
      "THROTTLE, RSS,      TCP, 400",
  })
  void whatHappensIsTheSame(
      Moderation moderation, Receive receive, Protocol protocol, double slowness) {
    HostProfile profile = profile(moderation, slowness);
    Outcome told = play(profile, receive, protocol, Optional.empty());
    Outcome woken = play(profile, receive, protocol, Optional.of((nowPs, link, frame) -> {}));

    assertThat(told.flows()).hasSize(40).isEqualTo(woken.flows());
    assertThat(told.queues()).isEqualTo(woken.queues());
    assertThat(told.notes()).isEqualTo(woken.notes());
    assertThat(told.hops()).isEqualTo(woken.hops());
    assertThat(told.events()).isLessThan(woken.events() * 3 / 4);
    if (slowness > 1) {
      assertThat(told.queues()).anyMatch(queue -> queue.dropped() > 0);
    }
  }

  private static HostProfile profile(Moderation moderation, double slowness) {
    HostProfile p = HandMade.PROFILE;
    return new HostProfile(
        "short rings", slowness, p.coldRatio(), p.coldIdlePs(), 20_000_000, p.nicLatencyPs(),
        p.nicBitsPerSecond(), p.mtuBytes(), p.smtShareRatio(), p.hairpinBitsPerSecond(),
        p.hairpinLatencyPs(), p.trainRatio(), moderation, 16);
  }

  private static Outcome play(
      HostProfile profile, Receive receive, Protocol protocol, Optional<FrameTap> tap) {
    Simulator simulator = new Simulator(11);
    RunReport report = new RunReport();
    PacketEngine engine =
        new PacketEngine(
            simulator, cluster(profile, receive), NETWORK, report, Optional.empty(), tap);
    RandomStream random = simulator.random("pairs");
    for (int id = 0; id < 40; id++) {
      int from = random.nextInt(HOSTS * CARDS);
      int to = (from + 1 + random.nextInt(HOSTS * CARDS - 1)) % (HOSTS * CARDS);
      Connection connection = new Connection(id, from, to, protocol, 40_000 + id, 5201);
      Optional<Pace> pace =
          protocol == Protocol.UDP ? Optional.of(Pace.every(1_400, 0)) : Optional.empty();
      // pairs begin together, so that frames of equal length meet at one moment
      long startPs = id / 2 * 50_000_000L;
      Flow flow =
          new Flow(
              id, connection, false, 1_000 + random.nextInt(400_000), Flow.NEVER_PS, pace, false,
              false);
      simulator.after(startPs, () -> engine.start(flow, () -> {}));
    }
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    engine.end();
    List<String> flows =
        report.flows()
            .stream()
            .map(
                f -> f.flow().id() + " ends at " + f.endPs() + " with " + f.deliveredBytes()
                    + " B, " + f.retransmissions() + " again")
            .toList();
    return new Outcome(
        flows, report.queues(), List.copyOf(report.notes()), engine.packetHops(),
        simulator.events());
  }

  private static Cluster cluster(HostProfile profile, Receive receive) {
    List<Host> hosts = new ArrayList<>();
    List<Pod> pods = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      hosts.add(
          new Host(host, "host" + host, profile, 4, false, receive, List.of(0, 1), 0, 1));
      for (int card = 0; card < CARDS; card++) {
        int id = host * CARDS + card;
        pods.add(new Pod(id, "pod" + id, host, 0, 2 + card, 0, card));
      }
    }
    Cable cable = new Cable(10_000_000_000L, 500_000, Link.ANY_MTU_BYTES);
    Topology topology =
        new RailOptimised(CARDS, 1)
            .topology(hosts, new Equipment(cable, cable, 0, PortQueues.ENDLESS));
    return new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
  }
}
