package org.podpath.engine.packet;

import java.util.Arrays;
import java.util.List;
import org.podpath.engine.cluster.Link;

/**
 * The ways of channels: the ports that their frames pass, one after the other. A way is a row of an
 * array, as long as the longest of them.
 */
final class Ways {
  private static final int FEW_HOPS = 4;
  private static final int FEW_WAYS = 16;

  private final Ports ports;
  /** Numbers of ports, plus one, so that 0 is the end of a way: their lower 16 bits. */
  private char[] low = new char[FEW_HOPS * FEW_WAYS];
  /** The upper 16 bits; null where all are 0, as in a fat-tree of 8,192 hosts. */
  private char[] high;
  private int stride = FEW_HOPS;

  Ways(Ports ports) {
    this.ports = ports;
    high = ports.count() > Character.MAX_VALUE ? new char[low.length] : null;
  }

  /** Lays the way of one direction of a channel. */
  void lay(int direction, List<Link> links) {
    if (links.size() > Frame.MOST_HOPS) {
      throw new IllegalStateException(
          "a way over " + links.size() + " links, from " + links.getFirst().name()
              + "; at most " + Frame.MOST_HOPS + " are possible");
    }
    while (links.size() >= stride) {
      low = wider(low);
      high = high == null ? null : wider(high);
      stride *= 2;
    }
    int at = direction * stride;
    if (at + stride > low.length) {
      int length = Math.max(low.length + low.length / 4, at + stride);
      low = Arrays.copyOf(low, length);
      high = high == null ? null : Arrays.copyOf(high, length);
    }
    for (Link link : links) {
      int number = ports.of(link) + 1;
      low[at] = (char) number;
      if (high != null) {
        high[at] = (char) (number >>> Character.SIZE);
      }
      at++;
    }
  }

  /** The port after so many hops; −1 at the end of the way. */
  int hop(int direction, int hop) {
    int at = direction * stride + hop;
    int number = high == null ? low[at] : low[at] | high[at] << Character.SIZE;
    return number - 1;
  }

  /** The same rows, each twice as long. */
  private char[] wider(char[] rows) {
    char[] wider = new char[2 * rows.length];
    for (int from = 0, to = 0; from + stride <= rows.length; from += stride, to += 2 * stride) {
      System.arraycopy(rows, from, wider, to, stride);
    }
    return wider;
  }
}
