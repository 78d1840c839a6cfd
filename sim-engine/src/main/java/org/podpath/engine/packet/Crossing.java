package org.podpath.engine.packet;

import java.util.Arrays;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * A switch that passes frames on in bundles: when the first of them has waited as long as the
 * shortest of its links takes, all that have come by then go on, in the order in which they came and as
 * if each had gone at once.
 *
 * <p>Nothing can tell the difference. What leaves arrives elsewhere after the bundle at the earliest;
 * and what comes before the bundle is known by then, for it left the switch or host before this one
 * longer ago than a link takes. But a bundle finds its ports and frames in the nearest cache, and needs
 * one event.
 */
final class Crossing implements Entity {
  private static final int LINK_BITS = 12;
  private static final long IDLE = Long.MAX_VALUE;
  private static final long LONGEST_PS = 1L << 63 - LINK_BITS - 1;

  /** Links that may lead to a switch of this kind. */
  static final int MOST_LINKS = 1 << LINK_BITS;

  private final Simulator simulator;
  private final FifoPorts ports;
  private final int[] arriving;
  private final long windowPs;
  private final int id;
  /** The first frame of each link: a tournament tree like that of the event queue. */
  private final long[] tree;
  private final int leaves;
  private long dueAtPs = IDLE;

  /**
   * A switch without frames.
   *
   * @param arriving the ports of the links that lead to it, in order
   * @param windowPs at most the delay of any link that leaves it
   */
  Crossing(Simulator simulator, FifoPorts ports, int[] arriving, long windowPs) {
    this.simulator = simulator;
    this.ports = ports;
    this.arriving = arriving;
    this.windowPs = windowPs;
    leaves = Math.max(2, Integer.highestOneBit(2 * arriving.length - 1));
    tree = new long[2 * leaves];
    Arrays.fill(tree, IDLE);
    id = simulator.register(this);
  }

  /** A frame is the first on one of its links. */
  void expect(long arrivalPs) {
    if (arrivalPs + windowPs < dueAtPs) {
      dueAtPs = arrivalPs + windowPs;
      simulator.wake(id, dueAtPs);
    }
  }

  @Override
  public void wake(int entity) {
    long nowPs = simulator.nowPs();
    long basePs = nowPs - windowPs;
    long[] nodes = tree;
    for (int i = 0; i < arriving.length; i++) {
      nodes[leaves + i] = key(ports.firstPs(arriving[i]), basePs, i);
    }
    for (int node = leaves - 1; node >= 1; node--) {
      nodes[node] = Math.min(nodes[2 * node], nodes[2 * node + 1]);
    }
    while (nodes[1] >>> LINK_BITS <= windowPs) {
      long key = nodes[1];
      int i = (int) key & MOST_LINKS - 1;
      ports.passOn(arriving[i], basePs + (key >>> LINK_BITS));
      replace(i, key(ports.firstPs(arriving[i]), basePs, i));
    }
    dueAtPs = IDLE;
    if (nodes[1] != IDLE) {
      int first = arriving[(int) nodes[1] & MOST_LINKS - 1];
      dueAtPs = ports.firstPs(first) + windowPs;
      simulator.wake(id, dueAtPs);
    }
  }

  private static long key(long arrivalPs, long basePs, int link) {
    return arrivalPs == IDLE
        ? IDLE
        : Math.min(arrivalPs - basePs, LONGEST_PS) << LINK_BITS | link;
  }

  private void replace(int link, long key) {
    long[] nodes = tree;
    int node = leaves + link;
    nodes[node] = key;
    long least = key;
    while (node > 1) {
      least = Math.min(least, nodes[node ^ 1]);
      node >>>= 1;
      nodes[node] = least;
    }
  }
}
