package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Equipment;
import org.podpath.engine.cluster.LeafSpine;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Marking;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Protocol;

/**
 * A run that somebody watches, frame by frame, is the run that nobody watches: streams end at the
 * same picosecond, and links do the same. The engine takes short cuts where nobody watches.
 */
class WatchingTest {
  private static final int HOSTS = 12;
  private static final long START_PS = Lab.PS_PER_SECOND / 200;

  /** What a port does with frames that cannot leave at once. */
  enum Ports {
    ENDLESS(PortQueues.ENDLESS),
    DROPPING(PortQueues.fifo(30_000)),
    MARKING(PortQueues.fifo(100_000).with(new Marking.Step(20_000))),
    LOSING(PortQueues.fifo(100_000).with(new Marking.Random(0.01)));

    private final PortQueues queues;

    Ports(PortQueues queues) {
      this.queues = queues;
    }
  }

  @ParameterizedTest
  @EnumSource(Ports.class)
  void nothingThatATransportDoesDependsOnWhoWatches(Ports ports) {
    for (Transport.Control control : Transport.Control.values()) {
      Transport tcp =
          new Transport.Tcp(control, 10, 1_000_000, Transport.Tcp.LEAST_TIMEOUT_PS);
      assertThat(play(ports, tcp, Protocol.TCP, true))
          .isEqualTo(play(ports, tcp, Protocol.TCP, false));
    }
    assertThat(play(ports, Transport.Roce.DCQCN, Protocol.ROCE, true))
        .isEqualTo(play(ports, Transport.Roce.DCQCN, Protocol.ROCE, false));
  }

  /** Flows as they ended and links as they were used, a line each. */
  private static List<String> play(
      Ports ports, Transport transport, Protocol protocol, boolean watched) {
    Simulator simulator = new Simulator(5);
    RunReport report = new RunReport();
    FrameTap nobody = (nowPs, link, frame) -> {};
    PacketEngine engine =
        new PacketEngine(
            simulator, cluster(ports.queues), FreeHosts.network(transport), report,
            Optional.empty(), watched ? Optional.of(nobody) : Optional.empty());
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(3);
    for (int i = 0; i < 40; i++) {
      Flow flow = flow(random, i, protocol);
      simulator.after(random.nextLong(START_PS), () -> engine.start(flow, () -> {}));
    }
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    engine.end();
    List<String> lines = new ArrayList<>();
    report.flows()
        .forEach(
            f -> lines.add(
                "flow " + f.flow().id() + " at " + f.endPs() + ": " + f.deliveredBytes() + " B, "
                    + f.retransmissions() + " again, " + f.complete()));
    report.links().forEach(link -> lines.add(link.toString()));
    lines.addAll(report.unfinished());
    return lines;
  }

  private static Flow flow(RandomGenerator random, int id, Protocol protocol) {
    int source = random.nextInt(HOSTS);
    int destination = (source + random.nextInt(1, HOSTS)) % HOSTS;
    Connection connection = new Connection(id, source, destination, protocol, 40_000 + id, 5201);
    return new Flow(id, connection, false, random.nextLong(1, 1_000_000), Flow.NEVER_PS);
  }

  private static Cluster cluster(PortQueues queues) {
    Cable cable = new Cable(10_000_000_000L, 1_000_000, Link.ANY_MTU_BYTES);
    Topology topology =
        new LeafSpine(3, 2, 4)
            .topology(FreeHosts.hosts(HOSTS), new Equipment(cable, cable, 500_000, queues));
    List<Pod> pods =
        topology.hosts()
            .stream()
            .map(host -> new Pod(host.id(), "pod" + host.id(), host.id(), 0, 0, 0, 0))
            .toList();
    return new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
  }
}
