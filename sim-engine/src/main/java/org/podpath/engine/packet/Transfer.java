package org.podpath.engine.packet;

import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Flow;

/**
 * A flow in the engine: where it lies in its channel's stream of bytes, and what is to happen at
 * its end.
 */
final class Transfer {
  /** Offset of its first byte is not known yet: the flow before it has not been sent. */
  static final long UNKNOWN = -1;

  final Flow flow;
  final EventHandler delivered;
  final long startPs;
  final boolean message;
  /** The flow of the channel that came after it; null before there is one. */
  Transfer next;
  long firstOffset = UNKNOWN;
  long endOffset = Long.MAX_VALUE;
  long chargedPacket = -1;
  long arrivedBytes;
  boolean over;

  Transfer(Flow flow, EventHandler delivered, long startPs, boolean message) {
    this.flow = flow;
    this.delivered = delivered;
    this.startPs = startPs;
    this.message = message;
  }

  /** It begins at {@code offset} of the channel. */
  void placeAt(long offset) {
    firstOffset = offset;
    endOffset = offset + flow.bytes();
  }

  boolean isPlaced() {
    return firstOffset != UNKNOWN;
  }

  /** How many of its bytes lie before {@code offset}. */
  long bytesBefore(long offset) {
    return isPlaced() ? Math.max(0, Math.min(offset, endOffset) - firstOffset) : 0;
  }
}
