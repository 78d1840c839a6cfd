package org.podpath.engine.packet;

import org.podpath.engine.datapath.Network;
import org.podpath.engine.results.Recorder;

/**
 * What GRO makes of the frames of a channel, by credit: bytes count as shares of a super-packet, whose
 * size is what the frames that were waiting together can be joined to; each time the shares make a
 * whole one, and at the end of a flow, one is closed.
 */
final class SuperPackets {
  /** Below this share of a full received super-packet, CPU per byte is noted as not calibrated. */
  private static final double SMALL_PACKET_RATIO = 0.8;

  private static final double ROUNDING = 1e-9;

  private final Network network;
  private long joinedBytes;
  private double credit;
  private long streamBytes;
  private long streamPackets;

  SuperPackets(Network network) {
    this.network = network;
  }

  /** A poll begins that finds so many frames of the channel. */
  void poll(int waitingFrames) {
    joinedBytes = network.stack().receivedPacketBytes(network.segmentBytes(), waitingFrames);
  }

  /** A frame joins the open super-packet: how many are closed by that. */
  int join(long bytes, boolean endOfFlow, boolean ofStream) {
    credit += bytes / (double) joinedBytes;
    int closed = (int) (credit + ROUNDING);
    credit -= closed;
    if (endOfFlow) {
      closed += credit > ROUNDING ? 1 : 0;
      credit = 0;
    }
    if (ofStream) {
      streamBytes += bytes;
      streamPackets += closed;
    }
    return closed;
  }

  /**
   * Where the link is the limit, few frames wait and super-packets are small. The byte credit then
   * closes more of them than interrupts of a real card would allow.
   */
  void noteSmallOnes(Recorder recorder) {
    long fullBytes =
        network.stack().receivedPacketBytes(network.segmentBytes(), Integer.MAX_VALUE);
    if (streamPackets > 0 && streamBytes < SMALL_PACKET_RATIO * fullBytes * streamPackets) {
      recorder.note(
          "some received super-packets are small because few frames wait; CPU per byte is not"
              + " calibrated there and comes out high");
    }
  }
}
