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
  /** Of a stream that moves: its part in the sharing; else null. */
  StreamLeg leg;
  /** Of more than one datagram, from when they leave; else null. */
  DatagramFlow datagrams;
  /** Of a stream: as of the last time that somebody looked. */
  double leftBytes;
  /** Of a stream: when it began to move. */
  long begunPs;
  /** Of a stream: probability that its first burst finds the sending core cold. */
  double coldSend;
  /** The same of the receiving core. */
  double coldReceive;
  /** Frames that answer it. */
  double answers;
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

  /** All but {@code leftBytes} of a stream that moves have moved. */
  void progress(double leftBytes) {
    answers += leg.moved(this.leftBytes - leftBytes);
    this.leftBytes = leftBytes;
  }

  /** Its time is up: what of a stream has not been read yet has not moved. */
  void cut(long nowPs) {
    if (leg != null) {
      progress(flow.bytes() - direction.readBytes(this, nowPs));
    }
  }

  /** What has left until its time was up; a message that is under way counts for nothing. */
  long sentBytes() {
    if (datagrams != null) {
      return datagrams.sentBytes();
    }
    return message ? 0 : flow.bytes() - Math.round(leftBytes);
  }

  /** What of it has been read. */
  long readBytes() {
    return datagrams != null ? datagrams.readBytes(sentBytes()) : sentBytes();
  }
}
