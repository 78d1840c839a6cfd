package org.podpath.engine.packet;

import java.util.ArrayDeque;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.results.Recorder;

/**
 * The receiving end of a channel. Frames come from the polls of its receive queue, are joined into
 * super-packets by credit, and are read by the application, on the same core in the same service or
 * on another one in its own.
 *
 * <p>Bytes count as shares of a super-packet, whose size is what GRO reaches with the frames that were
 * waiting; each time the shares make a whole one, and at the end of a flow, one is closed. Data can be
 * read when the poll that took it is over. Acknowledgements leave when it has been read, so a slow
 * reader closes the window.
 */
final class Receiver implements Service {
  /** Below this share of a full received super-packet, CPU per byte is noted as not calibrated. */
  private static final double SMALL_PACKET_RATIO = 0.8;

  private static final double ROUNDING = 1e-9;

  private final Channel channel;
  private final CpuCore readCore;
  private final Tally stream;
  private final Tally message;
  private final Tally answers;
  private final Tally streamRead;
  private final Tally messageRead;
  private final Ratio acknowledgements;
  private final Ratio interrupts;
  private final ArrayDeque<Transfer> arriving = new ArrayDeque<>();
  private final ArrayDeque<Transfer> unread = new ArrayDeque<>();
  private final Network network;
  private boolean offered;
  private boolean connected;
  private boolean inPoll;
  private int waitingFrames;
  private long streamBytes;
  private long streamPackets;
  private long joinedBytes;
  private long receivedOffset;
  private double packetCredit;
  private long readOffset;
  private long readingOffset;
  private long acknowledgedOffset;
  private int acknowledgementsDue;
  private final Polled polled = new Polled();
  private long readableOffset;
  private int acknowledgementsReading;

  Receiver(
      Channel channel,
      CpuCore readCore,
      Tally stream,
      Tally message,
      Tally answers,
      Tally streamRead,
      Tally messageRead) {
    this.channel = channel;
    this.readCore = readCore;
    this.stream = stream;
    this.message = message;
    this.answers = answers;
    this.streamRead = streamRead;
    this.messageRead = messageRead;
    connected = channel.reverse;
    network = channel.engine.network;
    acknowledgements = new Ratio(network.stack().acknowledgementsPerPacketRatio());
    interrupts = new Ratio(network.stack().interruptsPerPacketRatio());
  }

  /**
   * The end of a channel that never leaves the host: the sender's core does all but the reading.
   */
  static Receiver local(Channel channel, CpuCore readCore, Tally streamRead, Tally messageRead) {
    return new Receiver(
        channel, readCore, streamRead, messageRead, streamRead, streamRead, messageRead);
  }

  void expect(Transfer transfer) {
    arriving.add(transfer);
    unread.add(transfer);
  }

  /** A frame of data has reached the receive queue. */
  void frameWaits() {
    waitingFrames++;
  }

  /**
   * Whether the poll that is beginning has not met this channel yet; what waits then can be joined.
   */
  boolean joinPoll() {
    if (inPoll) {
      return false;
    }
    inPoll = true;
    joinedBytes = network.stack().receivedPacketBytes(network.segmentBytes(), waitingFrames);
    return true;
  }

  /** The poll takes a frame of {@code bytes}. */
  void take(long bytes, CpuCore core) {
    waitingFrames--;
    receivedOffset += bytes;
    Transfer transfer = receiving();
    Tally tally = transfer.message ? message : stream;
    tally.frames++;
    tally.bytes += bytes;
    if (!transfer.message || transfer.flow.bytes() > network.segmentBytes()) {
      tally.pieces++;
    }
    int closed = close(bytes, receivedOffset == transfer.endOffset);
    tally.packets += closed;
    if (closed > 0) {
      tally.cold |= core.takeColdReceive();
      tally.first |= !connected;
      connected = true;
    }
    if (transfer.message) {
      boolean complete = receivedOffset == transfer.endOffset;
      tally.interrupts += complete ? 1 : 0;
      polled.messages += complete ? 1 : 0;
      polled.messageBytes += bytes;
      return;
    }
    streamBytes += bytes;
    streamPackets += closed;
    tally.interrupts += interrupts.due(closed);
    polled.streamPackets += closed;
    polled.streamBytes += bytes;
    int due = acknowledgements.due(closed);
    if (due > 0) {
      answers.packets += due;
      answers.frames += due;
      answers.cold |= core.takeColdSend();
      polled.acknowledgements += due;
    }
  }

  /** The flow that the last received byte belongs to. */
  private Transfer receiving() {
    while (arriving.size() > 1 && arriving.peek().endOffset < receivedOffset) {
      arriving.remove();
    }
    return arriving.peek();
  }

  private int close(long bytes, boolean endOfFlow) {
    packetCredit += bytes / (double) joinedBytes;
    int closed = (int) (packetCredit + ROUNDING);
    packetCredit -= closed;
    if (endOfFlow) {
      closed += packetCredit > ROUNDING ? 1 : 0;
      packetCredit = 0;
    }
    return closed;
  }

  /**
   * What the poll of {@code core} spends on this channel: the kernel's part, and the reading if it
   * is done there.
   */
  double pollPs(CpuCore core) {
    double ps = stream.take() + message.take() + answers.take();
    if (core != readCore) {
      return ps;
    }
    makeReadable();
    return ps + beginPs(core);
  }

  /** What polls have taken can be read now. */
  private void makeReadable() {
    readableOffset = receivedOffset;
    acknowledgementsDue += polled.acknowledgements;
    polled.handOver(streamRead, messageRead);
  }

  /** The poll of {@code core} is over. */
  void endPoll(CpuCore core) {
    inPoll = false;
    stream.charge();
    message.charge();
    answers.charge();
    if (core == readCore) {
      finishReading();
    } else {
      makeReadable();
      offerToRead();
    }
  }

  /** The sender's core has put {@code bytes} into the socket queue. */
  void arrivedLocally(long bytes) {
    receivedOffset += bytes;
    readableOffset = receivedOffset;
    Transfer transfer = receiving();
    Tally tally = transfer.message ? messageRead : streamRead;
    tally.packets++;
    tally.bytes += bytes;
    offerToRead();
  }

  private void offerToRead() {
    if (!offered) {
      offered = true;
      readCore.offer(this);
    }
  }

  @Override
  public double beginPs(CpuCore core) {
    readingOffset = readableOffset;
    acknowledgementsReading = acknowledgementsDue;
    acknowledgementsDue = 0;
    return streamRead.take() + messageRead.take();
  }

  /** What arrived while the application was reading is read next. */
  @Override
  public void end() {
    offered = false;
    finishReading();
    if (readableOffset > readOffset) {
      offerToRead();
    }
  }

  private void finishReading() {
    streamRead.charge();
    messageRead.charge();
    channel.traceRead(unread.peek(), readingOffset - readOffset);
    readOffset = readingOffset;
    acknowledge();
    settle();
  }

  private void acknowledge() {
    if (channel.local || onlyMessagesOutstanding()) {
      long bytes = readOffset - acknowledgedOffset;
      acknowledgedOffset = readOffset;
      acknowledgementsReading = 0;
      channel.sender.acknowledged(bytes);
      return;
    }
    for (; acknowledgementsReading > 0; acknowledgementsReading--) {
      long bytes = (readOffset - acknowledgedOffset) / acknowledgementsReading;
      acknowledgedOffset += bytes;
      channel.engine.acknowledge(channel, bytes);
    }
  }

  /** The acknowledgement of a message rides on its reply: no packet of its own. */
  private boolean onlyMessagesOutstanding() {
    Transfer transfer = unread.peek();
    return transfer != null && transfer.message;
  }

  /** Ends the flows that have been read to their end. */
  void settle() {
    while (!unread.isEmpty() && unread.peek().endOffset <= readOffset) {
      Transfer transfer = unread.remove();
      if (!transfer.over) {
        channel.engine.finish(channel, transfer, transfer.flow.bytes(), true);
      }
    }
  }

  /** Bytes of {@code transfer} that have been read. */
  long readBytes(Transfer transfer) {
    return transfer.firstOffset == Transfer.UNKNOWN
        ? 0
        : Math.max(0, Math.min(readOffset, transfer.endOffset) - transfer.firstOffset);
  }

  /**
   * Where the link is the limit, few frames wait and super-packets are small. The byte credit then
   * closes more of them than interrupts of a real card would allow.
   */
  void noteSmallPackets(Recorder recorder) {
    long fullBytes =
        network.stack().receivedPacketBytes(network.segmentBytes(), Integer.MAX_VALUE);
    if (streamPackets > 0 && streamBytes < SMALL_PACKET_RATIO * fullBytes * streamPackets) {
      recorder.note(
          "some received super-packets are small because few frames wait; CPU per byte is not"
              + " calibrated there and comes out high");
    }
  }

  Iterable<Transfer> unfinished() {
    return unread;
  }
}
