package org.podpath.experiments.bench;

import java.util.Arrays;
import org.podpath.engine.flow.FluidFlows;
import org.podpath.engine.flow.Use;

/**
 * Flows of 1 to 100 MB between random hosts of a fat-tree, all asked for at once: 100 Gb/s, 1 us a
 * link. As SimGrid's model CM02 has it, a flow begins after the latency of its way, and its weight
 * is one over that. The run ends with the last byte.
 */
final class RandomFlows implements Model {
  private static final double BYTES_PER_SECOND = 12.5e9;
  private static final long LINK_PS = 1_000_000;

  /**
   * assumption: a core moves 30 Gb/s, less than a link, so that it is often what a flow has for
   * itself.
   */
  private static final double CORE_SECONDS_PER_BYTE = 8 / 30e9;

  private static final int CORES = 4;

  private final Use[] uses;
  private final long[] startPs;
  private final double[] bytes;
  private final Integer[] inOrder;
  private final FluidFlows flows;
  private final long[] endPs;

  /**
   * So many flows.
   *
   * @param ports of each switch of the fat-tree
   * @param cores whether each flow also needs a core at either end, one of 4 there
   */
  RandomFlows(int ports, int count, boolean cores) {
    FatTreeWays tree = new FatTreeWays(ports);
    SplitMix64 random = new SplitMix64(7);
    int allCores = cores ? 2 * CORES * tree.hosts() : 0;
    double[] capacities = new double[tree.links() + allCores];
    Arrays.fill(capacities, 0, tree.links(), BYTES_PER_SECOND);
    Arrays.fill(capacities, tree.links(), capacities.length, 1);
    flows = new FluidFlows(capacities, false);
    uses = new Use[count];
    startPs = new long[count];
    bytes = new double[count];
    inOrder = new Integer[count];
    endPs = new long[count];
    for (int flow = 0; flow < count; flow++) {
      int from = random.below(tree.hosts());
      int other = random.below(tree.hosts() - 1);
      int to = other < from ? other : other + 1;
      bytes[flow] = 1e6 + random.below(99_000_001);
      int[] way = tree.way(from, to);
      int[] on = cores ? Arrays.copyOf(way, way.length + 2) : way;
      double[] amounts = new double[on.length];
      Arrays.fill(amounts, 1);
      if (cores) {
        on[way.length] = tree.links() + CORES * from + flow % CORES;
        on[way.length + 1] = tree.links() + CORES * (tree.hosts() + to) + flow / CORES % CORES;
        Arrays.fill(amounts, way.length, on.length, CORE_SECONDS_PER_BYTE);
      }
      uses[flow] = new Use(on, amounts, 1.0 / way.length, Use.NO_CAP);
      startPs[flow] = way.length * LINK_PS;
      inOrder[flow] = flow;
    }
    Arrays.sort(inOrder, (a, b) -> Long.compare(startPs[a], startPs[b]));
  }

  @Override
  public Work run() {
    int started = 0;
    int ended = 0;
    long events = 0;
    while (ended < uses.length) {
      long nextStartPs = started < uses.length ? startPs[inOrder[started]] : FluidFlows.NEVER_PS;
      long nowPs = Math.min(nextStartPs, flows.nextEndPs());
      int due = flows.nextEndPs() == nowPs ? flows.endNext() : 0;
      for (int i = 0; i < due; i++) {
        endPs[flows.ended(i)] = nowPs;
      }
      ended += due;
      while (started < uses.length && startPs[inOrder[started]] == nowPs) {
        int flow = inOrder[started++];
        flows.start(flow, uses[flow], bytes[flow]);
      }
      flows.settle(nowPs);
      events++;
    }
    long checksum = 0;
    for (long end : endPs) {
      checksum = 31 * checksum + end;
    }
    return Work.ofFlows(events, ended, ended, checksum);
  }

  /** How many there are. */
  int count() {
    return endPs.length;
  }

  /** When the flow has ended. */
  long endPs(int flow) {
    return endPs[flow];
  }
}
