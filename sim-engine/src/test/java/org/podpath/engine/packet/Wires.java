package org.podpath.engine.packet;

import org.podpath.engine.cluster.Blueprint;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Topology;

/** Small fabrics; switches take no time, so that a delay is that of a cable. */
final class Wires {
  private Wires() {}

  static Cable cable(long bitsPerSecond, long delayPs) {
    return new Cable(bitsPerSecond, delayPs, Link.ANY_MTU_BYTES);
  }

  /** Hosts on one switch: {@code host0.up} … and {@code host0.down} …, in this order. */
  static Topology star(int hosts, Cable up, Cable down, PortQueues queues) {
    Blueprint blueprint = new Blueprint(FreeHosts.hosts(hosts), 1);
    int center = blueprint.addSwitch("switch0", 0, queues);
    for (int host = 0; host < hosts; host++) {
      blueprint.link("host" + host + ".up", host, center, up);
    }
    for (int host = 0; host < hosts; host++) {
      blueprint.link("host" + host + ".down", center, host, down);
    }
    return blueprint.topology();
  }

  /**
   * Senders on the left of a bottleneck, receivers on the right, as many. Only the switch on the
   * left has queues to speak of, and only data of senders on the left goes through it: what is sent
   * back goes from the right switch straight to the hosts.
   *
   * @param middle the bottleneck, {@code left.right}
   * @param back what follows the right switch; its delay is the rest of the round trip
   */
  static Topology dumbbell(int pairs, Cable edge, Cable middle, Cable back, PortQueues queues) {
    Blueprint blueprint = new Blueprint(FreeHosts.hosts(2 * pairs), 1);
    int left = blueprint.addSwitch("left", 0, queues);
    int right = blueprint.addSwitch("right", 0, PortQueues.ENDLESS);
    blueprint.link("left.right", left, right, middle);
    for (int host = 0; host < pairs; host++) {
      blueprint.link("host" + host + ".up", host, left, edge);
      blueprint.link("host" + host + ".down", right, host, back);
    }
    for (int host = pairs; host < 2 * pairs; host++) {
      blueprint.link("host" + host + ".up", host, right, edge);
      blueprint.link("host" + host + ".down", right, host, edge);
    }
    return blueprint.topology();
  }

  /** Switches in a row, a host at each end: {@code host0.up}, {@code s0.s1}, …. */
  static Topology row(int switches, Cable cable, PortQueues queues) {
    Blueprint blueprint = new Blueprint(FreeHosts.hosts(2), 1);
    int[] nodes = new int[switches];
    for (int i = 0; i < switches; i++) {
      nodes[i] = blueprint.addSwitch("s" + i, 0, queues);
    }
    blueprint.link("host0.up", 0, nodes[0], cable);
    blueprint.link("host0.down", nodes[0], 0, cable);
    blueprint.link("host1.up", 1, nodes[switches - 1], cable);
    blueprint.link("host1.down", nodes[switches - 1], 1, cable);
    for (int i = 0; i + 1 < switches; i++) {
      int next = i + 1;
      blueprint.link("s" + i + ".s" + next, nodes[i], nodes[next], cable);
      blueprint.link("s" + next + ".s" + i, nodes[next], nodes[i], cable);
    }
    return blueprint.topology();
  }

  /** Switches in a circle that only goes one way round, a host at each. */
  static Topology ring(int switches, Cable cable, PortQueues queues) {
    Blueprint blueprint = new Blueprint(FreeHosts.hosts(switches), 1);
    int[] nodes = new int[switches];
    for (int i = 0; i < switches; i++) {
      nodes[i] = blueprint.addSwitch("s" + i, 0, queues);
    }
    for (int i = 0; i < switches; i++) {
      blueprint.link("host" + i + ".up", i, nodes[i], cable);
      blueprint.link("host" + i + ".down", nodes[i], i, cable);
      int next = (i + 1) % switches;
      blueprint.link("s" + i + ".s" + next, nodes[i], nodes[next], cable);
    }
    return blueprint.topology();
  }
}
