package org.podpath.engine.packet;

import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Network;

/**
 * The sending end of a channel: cuts flows into super-packets, one service of its core each, as far
 * as the window is open.
 *
 * <p>A super-packet is charged once per {@code superPacketBytes} of stream; its frames are full
 * ones, so a service sends those that begin in the current super-packet. What was lost goes again one
 * segment a service.
 */
final class Sender implements Service, PollEnd {
  private final HostedTcp carrier;
  private final TcpSender tcp;
  private final CpuThread thread;
  private final Tally stream;
  private final Tally message;
  private final Tally acknowledgement;
  private final Ratio localAnswers;
  private final Network network;
  private boolean offered;
  private boolean connected;
  private boolean inPart;
  private boolean again;
  private int control = -1;
  private long plannedOffset;
  private long plannedBytes;

  Sender(HostedTcp carrier, CpuThread thread, Tally stream, Tally message, Tally acknowledgement) {
    this.carrier = carrier;
    this.thread = thread;
    this.stream = stream;
    this.message = message;
    this.acknowledgement = acknowledgement;
    tcp = carrier.tcp;
    connected = carrier.channel.reverse;
    network = carrier.engine.network;
    localAnswers = new Ratio(network.stack().localAnswersRatio());
  }

  /** The next packet is the first of a connection again. */
  void reopen() {
    connected = false;
  }

  /** Whether bytes of the first outgoing flow are in a service. */
  boolean sendsNow() {
    return plannedBytes > 0 && !again;
  }

  /** Bytes in a service that were never sent before. */
  long plannedBytes() {
    return again ? 0 : plannedBytes;
  }

  @Override
  public boolean joinPart() {
    boolean first = !inPart;
    inPart = true;
    return first;
  }

  @Override
  public boolean take(long header, long sequence, CpuCore at) {
    acknowledgement.packets++;
    acknowledgement.frames++;
    acknowledgement.cold |= at.takeColdReceive();
    return true;
  }

  @Override
  public boolean holds() {
    return false;
  }

  @Override
  public void flush(CpuCore at) {}

  @Override
  public double interruptPs() {
    return acknowledgement.interruptPs();
  }

  @Override
  public double partPs() {
    return acknowledgement.take();
  }

  @Override
  public void arrive(long header, long sequence, long extra) {
    carrier.acknowledged(header, sequence, extra);
  }

  @Override
  public void endPart() {
    inPart = false;
    acknowledgement.charge();
  }

  /** Asks for the core if anything may be sent. */
  void offer() {
    if (!offered && (carrier.controlDue() >= 0 || tcp.lostOffset() >= 0 || windowOpen())) {
      offered = true;
      thread.offer(this);
    }
  }

  private boolean windowOpen() {
    Transfer next = carrier.outgoing.peek();
    if (next == null || !carrier.handshake.isOpen()) {
      return false;
    }
    long left = next.isPlaced() ? next.endOffset - tcp.next() : next.flow.bytes();
    return tcp.roomBytes() >= Math.min(left, carrier.segmentBytes);
  }

  @Override
  public double beginPs(CpuCore at) {
    control = carrier.controlDue();
    if (control >= 0) {
      return beginControl(at);
    }
    long lost = tcp.lostOffset();
    if (lost >= 0) {
      return beginAgain(lost, at);
    }
    Transfer transfer = carrier.outgoing.peek();
    return transfer != null && windowOpen() ? beginNew(transfer, at) : 0;
  }

  /**
   * A frame without payload costs what a message of no bytes does; a local SYN brings the others of its
   * connection with it.
   */
  private double beginControl(CpuCore at) {
    message.packets = 1;
    message.frames = carrier.local ? 0 : 1;
    message.cold = at.takeColdSend();
    message.first = control == Frame.SYN && !connected;
    connected = true;
    if (carrier.local) {
      acknowledgement.packets = HostPaths.LOCAL_CONTROL_FRAMES;
      return message.take() + acknowledgement.take();
    }
    return message.take();
  }

  private double beginAgain(long offset, CpuCore at) {
    again = true;
    plannedOffset = offset;
    plannedBytes = tcp.lostBytes(offset);
    stream.bytes = plannedBytes;
    stream.frames = 1;
    stream.pieces = 0;
    stream.packets = 1;
    stream.cold = at.takeColdSend();
    return stream.take();
  }

  private double beginNew(Transfer transfer, CpuCore at) {
    again = false;
    plannedOffset = tcp.next();
    if (!transfer.isPlaced()) {
      transfer.placeAt(plannedOffset);
    }
    int superPacketBytes = network.stack().superPacketBytes();
    int segmentBytes = carrier.segmentBytes;
    long offset = plannedOffset - transfer.firstOffset;
    long left = transfer.endOffset - plannedOffset;
    long packet = offset / superPacketBytes;
    long untilNextPacket = Math.min(left, (packet + 1) * superPacketBytes - offset);
    long frames = Math.ceilDiv(untilNextPacket, (long) segmentBytes);
    long allowed = tcp.roomBytes();
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
      if (carrier.local && !transfer.message) {
        acknowledgement.packets = localAnswers.due(1);
        ps = acknowledgement.take();
      }
    }
    return ps + tally.take();
  }

  @Override
  public void end() {
    offered = false;
    if (control >= 0) {
      message.charge();
      if (carrier.local) {
        acknowledgement.charge();
      }
      carrier.emitControl(control);
      control = -1;
      offer();
      return;
    }
    long bytes = plannedBytes;
    plannedBytes = 0;
    if (bytes > 0) {
      long nowPs = carrier.engine.simulator.nowPs();
      tcp.sent(plannedOffset, (int) bytes, nowPs);
      if (again) {
        stream.charge();
        carrier.emit(plannedOffset, bytes, Frame.AGAIN, false);
      } else {
        sentNew(bytes);
      }
    }
    offer();
  }

  private void sentNew(long bytes) {
    Transfer transfer = carrier.outgoing.element();
    boolean ends = plannedOffset + bytes >= transfer.endOffset;
    (transfer.message ? message : stream).charge();
    carrier.traceSend(transfer.flow.id(), bytes);
    if (ends) {
      carrier.outgoing.remove();
    }
    if (carrier.local) {
      acknowledgement.charge();
      carrier.arrivedLocally(bytes, transfer.message, ends);
      return;
    }
    long flags = 0;
    if (transfer.message) {
      boolean alone = transfer.flow.bytes() <= carrier.segmentBytes;
      flags = alone ? Frame.MESSAGE | Frame.ALONE : Frame.MESSAGE;
    }
    carrier.emit(plannedOffset, bytes, flags, ends);
  }
}
