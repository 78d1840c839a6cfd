package org.podpath.experiments.bench;

import java.util.List;
import java.util.Optional;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Kernel;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Switch;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.packet.PacketEngine;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Protocol;

/**
 * One TCP connection that sends for a second from a host over two switches to another: 10 Gb/s, links
 * of 5 us, frames of 1,500 bytes of IP, one acknowledgement each.
 */
final class BulkFlow implements Model {
  private static final long BITS_PER_SECOND = 10_000_000_000L;
  private static final long LINK_DELAY_PS = 5_000_000;
  private static final int MTU_BYTES = 1500;
  private static final long SECOND_PS = 1_000_000_000_000L;

  private final Simulator simulator = new Simulator(7);
  private final FinishTimes finished = new FinishTimes(simulator);
  private final PacketEngine engine;

  BulkFlow() {
    HostProfile profile = Profiles.of("ref");
    List<Host> hosts =
        List.of(
            new Host(0, "host0", profile, 1, false, Receive.SAME_CORE, 1),
            new Host(1, "host1", profile, 1, false, Receive.SAME_CORE, 1));
    PortQueues queues = PortQueues.fifo(1_000_000);
    List<Switch> switches =
        List.of(new Switch(0, "switch0", 0, queues), new Switch(1, "switch1", 0, queues));
    List<Link> links =
        List.of(
            link(0, "host0.up", 0, 2),
            link(1, "switch0.switch1", 2, 3),
            link(2, "host1.down", 3, 1),
            link(3, "host1.up", 1, 3),
            link(4, "switch1.switch0", 3, 2),
            link(5, "host0.down", 2, 0));
    Cluster cluster =
        new Cluster(
            Topology.of(hosts, 1, switches, links),
            List.of(new Tenant(0, "all")),
            List.of(new Pod(0, "a", 0, 0, 0, 0, 0), new Pod(1, "b", 1, 0, 0, 0, 0)));
    Kernel kernel = new Kernel(profile);
    Network network =
        new Network(
            CniCatalog.NO_HOSTS.plain(kernel), CniCatalog.NO_HOSTS.stack(kernel),
            Transport.Tcp.LINUX, MTU_BYTES, MTU_BYTES);
    engine =
        new PacketEngine(
            simulator, cluster, network, finished, Optional.empty(), Optional.empty());
  }

  private static Link link(int id, String name, int from, int to) {
    return new Link(id, name, from, to, BITS_PER_SECOND, LINK_DELAY_PS, MTU_BYTES);
  }

  @Override
  public Work run() {
    Connection connection = new Connection(0, 0, 1, Protocol.TCP, 32_768, 5001);
    Flow flow = new Flow(0, connection, false, Flow.ENDLESS_BYTES, SECOND_PS);
    engine.start(flow, simulator::stop);
    simulator.runUntil(SECOND_PS);
    return Work.ofPackets(simulator, engine, finished.deliveredBytes(), finished.checksum());
  }
}
