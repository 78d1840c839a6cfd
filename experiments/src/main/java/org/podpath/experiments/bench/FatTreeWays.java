package org.podpath.experiments.bench;

/**
 * A k-ary fat-tree as links and ways over them, and nothing else, by arithmetic that programs in
 * other languages repeat: {@code experiments/benchmarks/peers/simgrid/fabric.hpp}.
 *
 * <p>Six kinds of links, as many of each as there are hosts: hosts up, hosts down, edge up, edge
 * down, aggregation up, aggregation down.
 */
final class FatTreeWays {
  private static final int KINDS = 6;

  private final int half;
  private final int hosts;

  FatTreeWays(int ports) {
    half = ports / 2;
    hosts = ports * ports * ports / 4;
  }

  int hosts() {
    return hosts;
  }

  int links() {
    return KINDS * hosts;
  }

  /** The links from one host to another, of equal ways that which a hash of the two names. */
  int[] way(int from, int to) {
    int fromEdge = from / half;
    int toEdge = to / half;
    if (fromEdge == toEdge) {
      return new int[] {from, hosts + to};
    }
    long hash = SplitMix64.mix((long) from * hosts + to);
    int middle = (int) ((hash >>> 33) % half);
    int up = 2 * hosts + fromEdge * half + middle;
    int down = 3 * hosts + toEdge * half + middle;
    if (fromEdge / half == toEdge / half) {
      return new int[] {from, up, down, hosts + to};
    }
    int core = (int) ((hash >>> 13 & 0xfffff) % half);
    int coreUp = 4 * hosts + (fromEdge / half * half + middle) * half + core;
    int coreDown = 5 * hosts + (toEdge / half * half + middle) * half + core;
    return new int[] {from, up, coreUp, coreDown, down, hosts + to};
  }
}
