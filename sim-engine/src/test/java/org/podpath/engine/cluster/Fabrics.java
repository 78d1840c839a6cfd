package org.podpath.engine.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Fabrics for tests: at least one of each kind, with fewer hosts than it takes. */
final class Fabrics {
  static final long NIC_BITS_PER_SECOND = 100_000_000_000L;
  static final long UPLINK_BITS_PER_SECOND = 400_000_000_000L;
  static final Cable EDGE = new Cable(NIC_BITS_PER_SECOND, 250_000, 9000);
  static final Cable INNER = new Cable(UPLINK_BITS_PER_SECOND, 1_000_000, 9216);
  static final Cable WAN = new Cable(10_000_000_000L, 5_000_000_000L, 1500);
  static final long SWITCH_LATENCY_PS = 500_000;
  static final Equipment EQUIPMENT =
      new Equipment(EDGE, INNER, SWITCH_LATENCY_PS, PortQueues.fifo(1_000_000));

  private static final HostProfile PROFILE =
      new HostProfile("any", 1, 1, 0, 0, 0, NIC_BITS_PER_SECOND, 9000, 1, NIC_BITS_PER_SECOND, 0);

  private Fabrics() {}

  /** A fabric and how many hosts are on it. */
  record Example(Fabric fabric, int hosts) {
    Topology topology() {
      return fabric.topology(Fabrics.hosts(hosts), EQUIPMENT);
    }
  }

  static List<Example> examples() {
    return List.of(
        new Example(new SingleSwitch(), 5),
        new Example(new LeafSpine(3, 4, 3), 8),
        new Example(new LeafSpine(1, 1, 1), 1),
        new Example(new FatTree(2, 1), 2),
        new Example(new FatTree(4, 2), 16),
        new Example(new FatTree(6, 5), 89),
        new Example(new RailOptimised(4, 3), 5),
        new Example(new TwoSites(new SingleSwitch(), WAN), 5),
        new Example(new TwoSites(new LeafSpine(2, 2, 3), WAN), 11));
  }

  static List<Host> hosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(id -> new Host(id, "host" + id, PROFILE, 4, false, Receive.RSS, 4))
        .toList();
  }

  /** Every shortest way from one network card to another, as ids of links. */
  static List<List<Integer>> ways(Topology topology, int fromCard, int toCard) {
    List<List<Integer>> ways = new ArrayList<>();
    follow(topology, fromCard, toCard, List.of(), ways);
    return ways;
  }

  private static void follow(
      Topology topology, int node, int toCard, List<Integer> sofar, List<List<Integer>> ways) {
    if (node == toCard) {
      ways.add(sofar);
      return;
    }
    for (int id : topology.routes().choices(node, toCard)) {
      List<Integer> longer = new ArrayList<>(sofar);
      longer.add(id);
      follow(topology, topology.links().get(id).to(), toCard, longer, ways);
    }
  }
}
