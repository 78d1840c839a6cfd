package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Equipment;
import org.podpath.engine.cluster.FatTree;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.HandMade;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.LinkUse;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Protocol;

/** Somebody who watches every frame sees them one by one; whoever does not must get the same. */
class CrossingTest {
  private static final int HOSTS = 16;

  /** What can be told from outside: when each flow ended, what each link lost, sent and held. */
  private record Outcome(List<Long> endsPs, List<LinkUse> links, long events) {}

  /** Buffers of 20 frames overflow, so that the order of arrivals at a port decides what is lost. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1_000, 300_000, 1_000_000, 20_000_000})
  void bundlesChangeNothing(long linkDelayPs) {
    Outcome bundled = play(linkDelayPs, Optional.empty());
    Outcome oneByOne = play(linkDelayPs, Optional.of((nowPs, link, frame) -> {}));

    assertThat(bundled.endsPs()).isEqualTo(oneByOne.endsPs());
    assertThat(bundled.links()).isEqualTo(oneByOne.links());
    assertThat(bundled.links()).anyMatch(link -> link.droppedFrames() > 0);
    if (linkDelayPs > 0) {
      assertThat(bundled.events()).isLessThan(oneByOne.events());
    }
  }

  private static Outcome play(long linkDelayPs, Optional<FrameTap> tap) {
    Simulator simulator = new Simulator(3);
    List<Host> hosts = new ArrayList<>();
    List<Pod> pods = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      hosts.add(
          new Host(host, "host" + host, HandMade.PROFILE, 2, false, Receive.POD_CORE, 2));
      pods.add(new Pod(host, "pod" + host, host, 0, 0, 1, 0));
    }
    Cable cable = new Cable(10_000_000_000L, linkDelayPs, Link.ANY_MTU_BYTES);
    Topology topology =
        new FatTree(4, 2)
            .topology(hosts, new Equipment(cable, cable, 0, PortQueues.fifo(180_000)));
    RunReport report = new RunReport();
    PacketEngine engine =
        new PacketEngine(
            simulator,
            new Cluster(topology, List.of(new Tenant(0, "blue")), pods),
            new Network(HandMade.cni(50, 4), HandMade.stack(), 8950, 9000),
            report,
            Optional.empty(),
            tap);
    RandomStream random = simulator.random("pairs");
    for (int flow = 0; flow < 3 * HOSTS; flow++) {
      int from = random.nextInt(HOSTS);
      int to = (from + 1 + random.nextInt(HOSTS - 1)) % HOSTS;
      Connection connection =
          new Connection(flow, from, to, Protocol.TCP, 40_000 + flow, 5201);
      engine.start(
          new Flow(flow, connection, false, 1_000 + random.nextInt(3_000_000), Flow.NEVER_PS),
          () -> {});
    }
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    engine.end();
    return new Outcome(
        report.flows().stream().map(flow -> flow.endPs()).toList(), report.links(),
        simulator.events());
  }
}
