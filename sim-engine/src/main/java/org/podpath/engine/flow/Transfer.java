package org.podpath.engine.flow;

import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Flow;

/** A flow under way: what is left of it, and of a stream, at which rate it goes. */
final class Transfer {
  final Flow flow;
  final EventHandler delivered;
  final Direction direction;
  final long startPs;
  final boolean message;
  Direction.Claim claim;
  double leftBytes;
  double bytesPerSecond;
  long endPs = Long.MAX_VALUE;
  boolean begun;
  boolean over;

  Transfer(
      Flow flow, EventHandler delivered, Direction direction, long startPs, boolean message) {
    this.flow = flow;
    this.delivered = delivered;
    this.direction = direction;
    this.startPs = startPs;
    this.message = message;
    leftBytes = Math.max(0, flow.bytes() - direction.uncontended().lastBytes());
  }

  /** {@code bytes} more of a stream have moved. */
  void moved(double bytes) {
    leftBytes -= bytes;
    direction.moved(bytes);
  }

  /** Bytes of a stream that have moved; its last bytes count when it ends. */
  long movedBytes() {
    return flow.bytes() - direction.uncontended().lastBytes() - Math.round(leftBytes);
  }
}
