package org.podpath.experiments.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Kernel;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Equipment;
import org.podpath.engine.cluster.FatTree;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.packet.PacketEngine;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Protocol;

/**
 * Every host of a k-ary fat-tree sends to another one and receives from one: 100 Gb/s, links of 1 us,
 * TCP, frames of 1,500 bytes of IP, one acknowledgement a frame where hosts cost nothing. The run ends
 * when the last byte has arrived.
 */
final class Permutation implements Model {
  private static final long BITS_PER_SECOND = 100_000_000_000L;
  private static final long LINK_DELAY_PS = 1_000_000;
  private static final int MTU_BYTES = 1500;
  /** assumption: 1 MB a port, as the peers' runs of this workload have. */
  private static final long BUFFER_BYTES = 1_000_000;
  /** A fifth more than 100 Gb/s hold in the round trip of six links: 13 us. */
  private static final long WINDOW_BYTES = 200_000;

  private static final List<Integer> QUEUE_CPUS = List.of(0, 1);

  private final Simulator simulator = new Simulator(7);
  private final FinishTimes finished = new FinishTimes(simulator);
  private final PacketEngine engine;
  private final int hosts;
  private final long bytes;
  private int left;

  Permutation(int ports, long bytes, CniCatalog network) {
    hosts = ports * ports * ports / 4;
    this.bytes = bytes;
    HostProfile profile = Profiles.of("ref");
    List<Host> machines = new ArrayList<>();
    List<Pod> pods = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      machines.add(
          new Host(host, "host" + host, profile, 2, false, Receive.POD_CORE, QUEUE_CPUS, 0, 1));
      pods.add(new Pod(host, "pod" + host, host, 0, 0, 1, 0));
    }
    Cable cable = new Cable(BITS_PER_SECOND, LINK_DELAY_PS, Link.ANY_MTU_BYTES);
    Topology topology =
        new FatTree(ports, ports / 2)
            .topology(machines, new Equipment(cable, cable, 0, PortQueues.fifo(BUFFER_BYTES)));
    Kernel kernel = new Kernel(profile);
    Network way =
        new Network(
            network.plain(kernel),
            network.stack(kernel),
            new Transport.Tcp(Transport.Control.CUBIC, 10, WINDOW_BYTES,
                Transport.Tcp.LEAST_TIMEOUT_PS),
            MTU_BYTES - network.plain(kernel).send().headerBytes(),
            MTU_BYTES);
    Cluster cluster = new Cluster(topology, List.of(new Tenant(0, "all")), pods);
    engine =
        new PacketEngine(
            simulator, cluster, way, finished, Optional.empty(), Optional.empty());
  }

  @Override
  public Work run() {
    int[] to = cycle(simulator.random("permutation"));
    left = hosts;
    for (int from = 0; from < hosts; from++) {
      Connection connection =
          new Connection(from, from, to[from], Protocol.TCP, 32_768 + from % 28_232, 5001);
      engine.start(new Flow(from, connection, false, bytes, Flow.NEVER_PS), this::arrived);
    }
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    return Work.ofPackets(simulator, engine, finished.deliveredBytes(), finished.checksum());
  }

  private void arrived() {
    if (--left == 0) {
      simulator.stop();
    }
  }

  /** A random permutation without a host that sends to itself (S. Sattolo, 1986). */
  private int[] cycle(RandomStream random) {
    int[] to = IntStream.range(0, hosts).toArray();
    for (int i = hosts - 1; i > 0; i--) {
      int j = random.nextInt(i);
      int swapped = to[i];
      to[i] = to[j];
      to[j] = swapped;
    }
    return to;
  }
}
