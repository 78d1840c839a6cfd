package org.podpath.engine.packet;

import org.podpath.engine.datapath.Network;
import org.podpath.engine.results.Recorder;

/**
 * The receiving end of a channel. Frames come from the polls of its receive queue, are joined into
 * super-packets, and are read by the application, on the same core in the same service or on another
 * one in its own.
 *
 * <p>Data can be read when the poll that took it is over. Acknowledgements of what came in order leave when it has
 * been read, so a slow reader closes the window; those of what did not leave at the end of the poll.
 */
final class Receiver implements Service {
  /** RFC 5681 section 4.2: every second full segment is acknowledged. */
  private static final int SEGMENTS_PER_ANSWER = 2;

  private final HostedTcp carrier;
  private final CpuCore readCore;
  private final Tally stream;
  private final Tally message;
  private final Tally answers;
  private final Tally streamRead;
  private final Tally messageRead;
  private final Ratio acknowledgements;
  private final Ratio interrupts;
  private final Network network;
  private final Polled polled = new Polled();
  private final SuperPackets superPackets;
  private boolean offered;
  private boolean connected;
  private boolean inPoll;
  private boolean endInPoll;
  private int waitingFrames;
  private long expectedOffset;
  private long readableOffset;
  private long readingOffset;
  private long readOffset;
  private long acknowledgedOffset;
  private long markedBytes;
  private long unansweredBytes;
  private int acknowledgementsDue;
  private int acknowledgementsReading;

  Receiver(
      HostedTcp carrier,
      CpuCore readCore,
      Tally stream,
      Tally message,
      Tally answers,
      Tally streamRead,
      Tally messageRead) {
    this.carrier = carrier;
    this.readCore = readCore;
    this.stream = stream;
    this.message = message;
    this.answers = answers;
    this.streamRead = streamRead;
    this.messageRead = messageRead;
    connected = carrier.channel.reverse;
    network = carrier.engine.network;
    superPackets = new SuperPackets(network);
    acknowledgements = new Ratio(network.stack().acknowledgementsPerPacketRatio());
    interrupts = new Ratio(network.stack().interruptsPerPacketRatio());
  }

  /**
   * The end of a channel that never leaves the host: the sender's core does all but the reading.
   */
  static Receiver local(HostedTcp carrier, CpuCore readCore, Tally streamRead,
      Tally messageRead) {
    return new Receiver(
        carrier, readCore, streamRead, messageRead, streamRead, streamRead, messageRead);
  }

  /** The next packet is the first of a connection again. */
  void reopen() {
    connected = false;
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
    superPackets.poll(waitingFrames);
    return true;
  }

  /** The poll takes a frame: what that costs. */
  void take(long header, long offset, CpuCore core) {
    waitingFrames--;
    if (Frame.kind(header) != Frame.DATA) {
      takeControl(header, core);
      return;
    }
    int bytes = Frame.wireBytes(header) - carrier.overheadBytes;
    boolean isMessage = Frame.has(header, Frame.MESSAGE);
    boolean ends = Frame.has(header, Frame.LAST);
    Tally tally = isMessage ? message : stream;
    tally.frames++;
    tally.bytes += bytes;
    if (!Frame.has(header, Frame.ALONE)) {
      tally.pieces++;
    }
    int closed = superPackets.join(bytes, ends, !isMessage);
    tally.packets += closed;
    if (closed > 0) {
      tally.cold |= core.takeColdReceive();
      tally.first |= !connected;
      connected = true;
    }
    unansweredBytes += bytes;
    endInPoll |= ends;
    if (offset != expectedOffset || carrier.arrivals.hasGap()) {
      answer(1, core);
    } else {
      int due = isMessage ? 0 : acknowledgements.due(closed);
      if (ends && due == 0 && !isMessage) {
        due = 1;
      }
      polled.acknowledgements += due;
      answer(due, core);
    }
    expectedOffset = Math.max(expectedOffset, offset + bytes);
    if (isMessage) {
      tally.interrupts += ends ? 1 : 0;
      polled.messages += ends ? 1 : 0;
      polled.messageBytes += bytes;
    } else {
      tally.interrupts += interrupts.due(closed);
      polled.streamPackets += closed;
      polled.streamBytes += bytes;
    }
  }

  /** A SYN or a FIN: each is a packet and answered at once. */
  private void takeControl(long header, CpuCore core) {
    message.frames++;
    message.packets++;
    message.interrupts++;
    message.cold |= core.takeColdReceive();
    message.first |= Frame.kind(header) == Frame.SYN && !connected;
    connected = true;
    answers.packets++;
    answers.frames++;
    answers.cold |= core.takeColdSend();
  }

  private void answer(int due, CpuCore core) {
    if (due > 0) {
      answers.packets += due;
      answers.frames += due;
      answers.cold |= core.takeColdSend();
      unansweredBytes = 0;
    }
  }

  private boolean severalUnanswered() {
    return unansweredBytes >= SEGMENTS_PER_ANSWER * network.segmentBytes();
  }

  /**
   * What the poll of {@code core} spends on this channel: the kernel's part, and the reading if it
   * is done there.
   */
  double pollPs(CpuCore core) {
    if (severalUnanswered() && waitingFrames == 0 && polled.acknowledgements == 0 && !endInPoll) {
      polled.acknowledgements++;
      answer(1, core);
    }
    endInPoll = false;
    double ps = stream.take() + message.take() + answers.take();
    if (core != readCore) {
      return ps;
    }
    acknowledgementsDue += polled.acknowledgements;
    polled.handOver(streamRead, messageRead);
    return ps + streamRead.take() + messageRead.take();
  }

  /** The poll is over: a frame that it took has arrived. */
  void arrive(long header, long offset, long piggyback) {
    if (Frame.kind(header) == Frame.SYN) {
      carrier.greetBack();
      return;
    }
    if (Frame.kind(header) == Frame.FIN) {
      carrier.acknowledge(carrier.arrivals.next(), 0, false);
      return;
    }
    int bytes = Frame.wireBytes(header) - carrier.overheadBytes;
    boolean marked = Frame.has(header, Frame.MARKED);
    boolean inOrder = carrier.arrivals.arrived(offset, bytes);
    if (inOrder) {
      markedBytes += marked ? bytes : 0;
    } else {
      carrier.acknowledge(carrier.arrivals.next(), carrier.arrivals.told(), marked);
      acknowledgedOffset = carrier.arrivals.next();
    }
    if (carrier.channel.opposite != null
        && carrier.channel.opposite.carrier instanceof HostedTcp other) {
      other.acknowledged(header & ~Frame.ECHOES, piggyback, 0);
    }
  }

  /** The poll of {@code core} is over, and all its frames have arrived. */
  void endPoll(CpuCore core) {
    inPoll = false;
    stream.charge();
    message.charge();
    answers.charge();
    readableOffset = carrier.arrivals.next();
    if (core == readCore) {
      beginReading();
      finishReading();
    } else {
      acknowledgementsDue += polled.acknowledgements;
      polled.handOver(streamRead, messageRead);
      offerToRead();
    }
  }

  /** The sender's core has put {@code bytes} into the socket queue. */
  void arrivedLocally(long bytes, boolean isMessage) {
    carrier.arrivals.arrived(carrier.arrivals.next(), (int) bytes);
    readableOffset = carrier.arrivals.next();
    Tally tally = isMessage ? messageRead : streamRead;
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
    beginReading();
    return streamRead.take() + messageRead.take();
  }

  private void beginReading() {
    readingOffset = readableOffset;
    acknowledgementsReading = acknowledgementsDue;
    acknowledgementsDue = 0;
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
    carrier.traceRead(carrier.incoming.peek(), readingOffset - readOffset);
    readOffset = readingOffset;
    acknowledge();
    carrier.deliver(readOffset);
  }

  private void acknowledge() {
    if (carrier.local) {
      carrier.acknowledged(Frame.withWindow(0, windowShares()), readOffset, 0);
      return;
    }
    for (; acknowledgementsReading > 0; acknowledgementsReading--) {
      long bytes = (readOffset - acknowledgedOffset) / acknowledgementsReading;
      acknowledgedOffset += bytes;
      boolean echo = markedBytes > 0 && 2 * markedBytes >= bytes;
      markedBytes = echo ? Math.max(0, markedBytes - bytes) : markedBytes;
      carrier.acknowledge(acknowledgedOffset, 0, echo);
    }
    if (readOffset > acknowledgedOffset) {
      carrier.delayAnswer();
    }
    carrier.tellOfRoom();
  }

  /** All that has arrived is acknowledged by a frame that goes the other way. */
  void answered() {
    acknowledgedOffset = Math.max(acknowledgedOffset, carrier.arrivals.next());
  }

  /** Room in the receiver's buffer, in shares of it. */
  int windowShares() {
    long windowBytes = carrier.transport.windowBytes();
    long room = windowBytes - (carrier.arrivals.next() - readOffset);
    return (int) Math.max(0, room * Frame.WINDOW_SHARES / windowBytes);
  }

  long readOffset() {
    return readOffset;
  }

  /** Tells of what GRO could not join. */
  void noteSmallPackets(Recorder recorder) {
    superPackets.noteSmallOnes(recorder);
  }
}
