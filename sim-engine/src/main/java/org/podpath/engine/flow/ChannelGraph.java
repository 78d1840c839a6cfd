package org.podpath.engine.flow;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Who depends on whom: channels on the resources that they use and on the channels that they wait
 * for, resources on the channels that use them. Vertices are the resources, then the channels.
 */
final class ChannelGraph {
  private static final long FEEDS = 1;
  private static final long COMES_BEFORE = 2;

  private final double[] capacities;
  private final List<Channel> channels;
  private final int[] firstEdge;
  private final int[] filled;
  private int[] dependents = {};
  private long[] labels = {};

  /** What tells two vertices apart before anybody looks at their edges. */
  private record Look(
      double capacity, double weight, double cap, double bytes, int pieces, long latencyPs) {
    private static final Comparator<Look> ORDER =
        Comparator.comparingDouble(Look::capacity)
            .thenComparingDouble(Look::weight)
            .thenComparingDouble(Look::cap)
            .thenComparingDouble(Look::bytes)
            .thenComparingInt(Look::pieces)
            .thenComparingLong(Look::latencyPs);

    static Look of(Channel c) {
      return new Look(
          0, c.use().weight(), c.use().cap(), c.bytes(), c.pieces(), c.latencyPs());
    }
  }

  ChannelGraph(double[] capacities, List<Channel> channels) {
    this.capacities = capacities;
    this.channels = channels;
    int vertices = capacities.length + channels.size();
    firstEdge = new int[vertices + 1];
    forEachEdge((from, to, label) -> firstEdge[from + 1]++);
    for (int vertex = 0; vertex < vertices; vertex++) {
      firstEdge[vertex + 1] += firstEdge[vertex];
    }
    filled = firstEdge.clone();
    dependents = new int[firstEdge[vertices]];
    labels = new long[firstEdge[vertices]];
    forEachEdge((from, to, label) -> {
      dependents[filled[from]] = to;
      labels[filled[from]++] = label;
    });
  }

  /** The coarsest classes of vertices that depend on each other in the same way. */
  Refinement refined() {
    TreeMap<Look, Long> looks = new TreeMap<>(Look.ORDER);
    long[] look = new long[capacities.length + channels.size()];
    for (int vertex = 0; vertex < look.length; vertex++) {
      Look seen = vertex < capacities.length
          ? new Look(capacities[vertex], 0, 0, 0, 0, 0)
          : Look.of(channels.get(vertex - capacities.length));
      Long number = looks.putIfAbsent(seen, (long) looks.size());
      look[vertex] = number == null ? looks.size() - 1 : number;
    }
    return new Refinement(firstEdge, dependents, labels, look);
  }

  private interface Edge {
    void to(int from, int dependent, long label);
  }

  private void forEachEdge(Edge edge) {
    for (int number = 0; number < channels.size(); number++) {
      Channel channel = channels.get(number);
      int vertex = capacities.length + number;
      Use use = channel.use();
      for (int i = 0; i < use.resources().length; i++) {
        long amount = Double.doubleToRawLongBits(use.amounts()[i]);
        edge.to(use.resources()[i], vertex, amount);
        edge.to(vertex, use.resources()[i], amount);
      }
      for (int feeder : channel.fedBy()) {
        edge.to(capacities.length + feeder, vertex, FEEDS);
      }
      for (int before : channel.after()) {
        edge.to(capacities.length + before, vertex, COMES_BEFORE);
      }
    }
  }
}
