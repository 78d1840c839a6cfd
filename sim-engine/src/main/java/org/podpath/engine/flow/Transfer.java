package org.podpath.engine.flow;

import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Flow;

/** A flow under way, and what is left of it. */
final class Transfer {
  final Flow flow;
  final EventHandler delivered;
  final Direction direction;
  final long startPs;
  final boolean message;
  /** Of a stream: in which order it began to move, from 0. */
  long turn;
  /** Of a stream: its number among those that move. */
  int number;
  /** Of a stream: as of the last time that somebody looked. */
  double leftBytes;
  /** Of a stream: when it began to move. */
  long begunPs;
  /** Of a stream: probability that its first burst finds the sending core cold. */
  double coldSend;
  /** The same of the receiving core. */
  double coldReceive;
  boolean begun;
  boolean over;

  Transfer(
      Flow flow, EventHandler delivered, Direction direction, long startPs, boolean message) {
    this.flow = flow;
    this.delivered = delivered;
    this.direction = direction;
    this.startPs = startPs;
    this.message = message;
    leftBytes = flow.bytes();
  }

  /** All but {@code leftBytes} of a stream have moved. */
  void progress(double leftBytes) {
    direction.moved(this.leftBytes - leftBytes);
    this.leftBytes = leftBytes;
  }

  /** Bytes of a stream that have moved. */
  long movedBytes() {
    return flow.bytes() - Math.round(leftBytes);
  }
}
