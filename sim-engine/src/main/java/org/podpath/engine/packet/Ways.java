package org.podpath.engine.packet;

import java.util.Arrays;
import java.util.List;
import org.podpath.engine.cluster.Link;

/** The ways of channels: the ports that their frames pass, one after the other. */
final class Ways {
  private static final int FEW_HOPS = 8;

  private final Ports ports;
  /** Numbers of ports, plus one, so that 0 is the end of a way. */
  private int[] hops = new int[FEW_HOPS * 16];
  private int stride = FEW_HOPS;

  Ways(Ports ports) {
    this.ports = ports;
  }

  /**
   * Lays the way of one direction of a channel.
   *
   * @return its first port
   */
  int lay(int direction, List<Link> links) {
    if (links.size() > Frame.MOST_HOPS) {
      throw new IllegalStateException(
          "a way over " + links.size() + " links, from " + links.getFirst().name()
              + "; at most " + Frame.MOST_HOPS + " are possible");
    }
    if (links.size() >= stride) {
      widen();
    }
    int at = direction * stride;
    if (at + stride > hops.length) {
      hops = Arrays.copyOf(hops, Math.max(2 * hops.length, at + stride));
    }
    for (Link link : links) {
      hops[at++] = ports.of(link) + 1;
    }
    return ports.of(links.getFirst());
  }

  /** The port after so many hops; −1 at the end of the way. */
  int hop(int direction, int hop) {
    return hops[direction * stride + hop] - 1;
  }

  private void widen() {
    int[] wider = new int[2 * hops.length];
    for (int from = 0, to = 0; from < hops.length; from += stride, to += 2 * stride) {
      System.arraycopy(hops, from, wider, to, stride);
    }
    hops = wider;
    stride *= 2;
  }
}
