package org.podpath.engine.packet;

import java.util.Arrays;
import org.podpath.engine.cluster.Routes;
import org.podpath.engine.cluster.Routing;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;

/**
 * Chooses anew, at every switch, among the links that lead on: for each frame, or for each burst of a
 * connection. All of them are on shortest ways, so the number of hops stays what was laid.
 */
final class Router {
  private static final long LONG_AGO_PS = Long.MIN_VALUE / 2;

  private final Simulator simulator;
  private final Routes routes;
  private final long gapPs;
  private final RandomStream random;
  /** By direction and hop: when a frame passed last, and over which link. */
  private long[] passedAtPs = {};
  private int[] passedOver = {};

  /**
   * @param gapPs a frame that follows another of its direction within this takes its way; 0: none
   *     does
   */
  private Router(Simulator simulator, Routes routes, long gapPs) {
    this.simulator = simulator;
    this.routes = routes;
    this.gapPs = gapPs;
    random = simulator.random("ways of frames");
  }

  /** The router of a fabric; null where the way of a connection never changes. */
  static Router of(Simulator simulator, Topology topology) {
    long gapPs = topology.routing().gapPs();
    return gapPs == Routing.FOREVER_PS ? null : new Router(simulator, topology.routes(), gapPs);
  }

  /**
   * The link that a frame takes at {@code node}.
   *
   * @param hop of its way that it begins
   */
  int link(long header, int hop, int node, int toCard) {
    int[] choices = routes.choices(node, toCard);
    if (choices.length == 1) {
      return choices[0];
    }
    if (gapPs == 0) {
      return choices[random.nextInt(choices.length)];
    }
    int at = Frame.direction(header) * (Frame.MOST_HOPS + 1) + hop;
    if (at >= passedAtPs.length) {
      int known = passedAtPs.length;
      passedAtPs = Arrays.copyOf(passedAtPs, 2 * at + 2);
      passedOver = Arrays.copyOf(passedOver, 2 * at + 2);
      Arrays.fill(passedAtPs, known, passedAtPs.length, LONG_AGO_PS);
    }
    if (simulator.nowPs() - passedAtPs[at] > gapPs) {
      passedOver[at] = choices[random.nextInt(choices.length)];
    }
    passedAtPs[at] = simulator.nowPs();
    return passedOver[at];
  }
}
