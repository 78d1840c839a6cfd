package org.podpath.engine.flow;

/**
 * Pieces of equal size that go the same way one after the other, as between neighbours of a ring. A
 * piece may go when the one before it has arrived, and on each channel that feeds this one as many
 * as have arrived here.
 *
 * @param use what a byte takes
 * @param bytes of a piece
 * @param pieces how many there are
 * @param latencyPs from when a piece may go to when its first byte does
 * @param fedBy numbers of the channels that feed this one piece by piece; one that has no more
 *     pieces feeds whatever is left
 * @param after numbers of the channels that must be through before this one begins
 */
public record Channel(
    Use use, double bytes, int pieces, long latencyPs, int[] fedBy, int[] after) {
  public Channel {
    if (!(bytes > 0 && bytes < Double.POSITIVE_INFINITY) || pieces <= 0 || latencyPs < 0) {
      throw new IllegalArgumentException(
          "a channel needs bytes and pieces above 0 and a latency from 0: " + bytes + " bytes, "
              + pieces + " pieces, " + latencyPs + " ps");
    }
  }
}
