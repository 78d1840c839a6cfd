package org.podpath.engine.packet;

import org.podpath.engine.cluster.Link;

/**
 * What few ports with one queue have and most have not.
 *
 * @param marker null where nothing is marked
 * @param shared null where the port has a buffer of its own
 * @param headBytes the end of the link forwards when so much is in; 0: when all is
 * @param roomPs time that the bytes take which the buffer holds
 * @param odd whether a byte takes no whole number of picoseconds
 */
record PortExtras(
    Marker marker,
    SharedBuffer shared,
    long headBytes,
    int mostWireBytes,
    long roomPs,
    boolean odd) {

  static boolean has(PortPlan plan) {
    return !plan.isPlain() || isOdd(plan.link());
  }

  static PortExtras of(PortPlan plan) {
    return new PortExtras(
        plan.marker(), plan.shared(), plan.headBytes(), plan.mostWireBytes(), roomPs(plan),
        isOdd(plan.link()));
  }

  static long roomPs(PortPlan plan) {
    double roomPs = plan.queues().bufferBytes() * 8e12 / plan.link().bitsPerSecond();
    return roomPs > Long.MAX_VALUE / 4 ? Long.MAX_VALUE / 4 : (long) roomPs;
  }

  /** Bytes of a frame that arrive after the end of the link has begun to forward it. */
  int bytesBehindHead(int wireBytes) {
    return headBytes == 0 ? 0 : (int) Math.max(0, wireBytes - headBytes);
  }

  private static boolean isOdd(Link link) {
    return Link.serialisationPs(1, link.bitsPerSecond()) * 1000
        != Link.serialisationPs(1000, link.bitsPerSecond());
  }
}
