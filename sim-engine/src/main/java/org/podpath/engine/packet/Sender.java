package org.podpath.engine.packet;

import java.util.ArrayDeque;
import org.podpath.engine.datapath.Network;

/**
 * The sending end of a channel: cuts flows into super-packets, one service of its core each, as
 * long as the window is open.
 *
 * <p>A super-packet is charged once per {@code superPacketBytes} of stream; its frames are full
 * ones, so a service sends those that begin in the current super-packet.
 */
final class Sender implements Service {
  private final Channel channel;
  private final CpuCore core;
  private final Tally stream;
  private final Tally message;
  private final Tally acknowledgement;
  private final Ratio localAcknowledgements;
  private final ArrayDeque<Transfer> transfers = new ArrayDeque<>();
  private final Network network;
  private boolean offered;
  private boolean connected;
  private boolean inPoll;
  private long sentOffset;
  private long acknowledgedOffset;
  private long plannedBytes;
  private long arrivingBytes;
  private long timedOffset;
  private long timedSincePs;

  Sender(Channel channel, CpuCore core, Tally stream, Tally message, Tally acknowledgement) {
    this.channel = channel;
    this.core = core;
    this.stream = stream;
    this.message = message;
    this.acknowledgement = acknowledgement;
    connected = channel.reverse;
    network = channel.engine.network;
    localAcknowledgements = new Ratio(network.stack().acknowledgementsPerPacketRatio());
  }

  void add(Transfer transfer) {
    transfers.add(transfer);
    offer();
  }

  /** The time of {@code transfer} is up: what is on the way arrives, the rest is never sent. */
  void cut(Transfer transfer) {
    if (transfer.firstOffset == Transfer.UNKNOWN) {
      transfers.remove(transfer);
      transfer.placeAt(sentOffset + plannedBytes);
      transfer.endOffset = transfer.firstOffset;
      return;
    }
    transfer.endOffset = Math.min(transfer.endOffset, sentOffset + plannedBytes);
    if (plannedBytes == 0 && transfers.peek() == transfer) {
      transfers.remove();
    }
  }

  /** {@code bytes} more have been acknowledged. */
  void acknowledged(long bytes) {
    acknowledgedOffset += bytes;
    if (timedOffset > 0 && acknowledgedOffset >= timedOffset) {
      channel.engine.loadedRoundTrip(channel, channel.engine.simulator.nowPs() - timedSincePs);
      timedOffset = 0;
    }
    offer();
  }

  /** Whether the poll that is beginning has not met this channel's acknowledgements yet. */
  boolean joinPoll() {
    boolean first = !inPoll;
    inPoll = true;
    return first;
  }

  /** A poll of {@code at} takes an acknowledgement of {@code bytes} from the wire. */
  void take(long bytes, CpuCore at) {
    acknowledgement.packets++;
    acknowledgement.frames++;
    acknowledgement.cold |= at.takeColdReceive();
    arrivingBytes += bytes;
  }

  /** What the poll spends on the acknowledgements that it took. */
  double pollPs() {
    return acknowledgement.take();
  }

  /** The poll is over. */
  void endPoll() {
    inPoll = false;
    acknowledgement.charge();
    long bytes = arrivingBytes;
    arrivingBytes = 0;
    acknowledged(bytes);
  }

  private void offer() {
    if (!offered && !transfers.isEmpty() && windowOpen()) {
      offered = true;
      core.offer(this);
    }
  }

  private boolean windowOpen() {
    Transfer next = transfers.peek();
    long left =
        (next.firstOffset == Transfer.UNKNOWN ? next.flow.bytes() : next.endOffset - sentOffset);
    long unitBytes = channel.local ? network.stack().superPacketBytes() : network.segmentBytes();
    return windowLeftBytes() >= Math.min(left, unitBytes);
  }

  private long windowLeftBytes() {
    return network.stack().windowBytes() - (sentOffset - acknowledgedOffset);
  }

  @Override
  public double beginPs(CpuCore at) {
    Transfer transfer = transfers.peek();
    if (transfer == null) {
      return 0;
    }
    if (transfer.firstOffset == Transfer.UNKNOWN) {
      transfer.placeAt(sentOffset);
    }
    int superPacketBytes = network.stack().superPacketBytes();
    int segmentBytes = channel.local ? superPacketBytes : network.segmentBytes();
    long offset = sentOffset - transfer.firstOffset;
    long left = transfer.endOffset - sentOffset;
    long packet = offset / superPacketBytes;
    long untilNextPacket = Math.min(left, (packet + 1) * superPacketBytes - offset);
    long frames = Math.ceilDiv(untilNextPacket, (long) segmentBytes);
    long allowed = windowLeftBytes();
    if (Math.min(frames * segmentBytes, left) > allowed) {
      frames = allowed / segmentBytes;
    }
    plannedBytes = Math.min(frames * segmentBytes, left);
    Tally tally = transfer.message ? message : stream;
    tally.bytes = plannedBytes;
    tally.frames = (int) frames;
    tally.pieces = transfer.message && frames <= 1 ? 0 : (int) frames;
    double ps = 0;
    if (packet != transfer.chargedPacket) {
      transfer.chargedPacket = packet;
      tally.packets = 1;
      tally.cold = at.takeColdSend();
      tally.first = !connected;
      connected = true;
      if (channel.local && !transfer.message) {
        acknowledgement.packets = localAcknowledgements.due(1);
        ps = acknowledgement.take();
      }
    }
    return ps + tally.take();
  }

  @Override
  public void end() {
    offered = false;
    Transfer transfer = transfers.peek();
    if (transfer == null) {
      return;
    }
    (transfer.message ? message : stream).charge();
    channel.traceSend(transfer.flow.id(), plannedBytes);
    if (channel.local) {
      acknowledgement.charge();
      channel.receiver.arrivedLocally(plannedBytes);
    } else {
      channel.engine.send(channel, plannedBytes);
    }
    sentOffset += plannedBytes;
    plannedBytes = 0;
    if (timedOffset == 0 && !transfer.message) {
      timedOffset = sentOffset;
      timedSincePs = channel.engine.simulator.nowPs();
    }
    if (sentOffset >= transfer.endOffset) {
      transfers.remove();
    }
    offer();
  }
}
