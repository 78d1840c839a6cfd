package org.podpath.engine.packet;

import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;

/** Packets of one direction of a channel at a vhost thread. */
final class VhostStop {
  final VhostThread thread;
  private final Segment segment;
  private final Tally tally;
  private final boolean sends;
  private final int overheadBytes;
  private final int segmentBytes;
  private boolean connected;

  /**
   * A stop that nothing has come to.
   *
   * @param sends whether packets go to the wire from here
   * @param overheadBytes of a frame beside its payload
   * @param segmentBytes payload of a full frame
   * @param connected whether no packet is the first of its connection here
   */
  VhostStop(
      VhostThread thread, Segment segment, Tally tally, boolean sends, int overheadBytes,
      int segmentBytes, boolean connected) {
    this.thread = thread;
    this.segment = segment;
    this.tally = tally;
    this.sends = sends;
    this.overheadBytes = overheadBytes;
    this.segmentBytes = segmentBytes;
    this.connected = connected;
  }

  /** The packet is taken; returns how long that takes a whole core. */
  double take(long header, CpuCore at) {
    int bytes = payloadBytes(header);
    int frames = frames(bytes);
    tally.packets = 1;
    tally.frames = sends ? frames : 1;
    tally.pieces = sends && frames > 1 ? frames : 0;
    tally.bytes = bytes;
    tally.cold = sends ? at.takeColdSend() : at.takeColdReceive();
    tally.first = Frame.kind(header) == Frame.SYN || !connected;
    connected = true;
    return tally.take();
  }

  /** It is done with. */
  void charge() {
    tally.charge();
  }

  /** Of a frame beside its payload. */
  int overheadBytes() {
    return overheadBytes;
  }

  /** Time of a whole core for packets of a frame each with {@code wireBytes} together. */
  double ps(long wireBytes) {
    double frames = wireBytes / (double) (segmentBytes + overheadBytes);
    return frames * (segment.ps(Per.PACKET) + segmentBytes * segment.ps(Per.BYTE));
  }

  private int frames(int bytes) {
    return Math.max(1, Math.ceilDiv(bytes, segmentBytes));
  }

  private int payloadBytes(long header) {
    return Math.max(0, Frame.wireBytes(header) - overheadBytes);
  }
}
