package org.podpath.engine.datapath;

import java.util.ArrayDeque;
import org.podpath.engine.cluster.HostProfile;

/**
 * A core that sends played streams, a super-packet of each in turn, as far as their windows are open,
 * which grow with what is acknowledged up to the receiver's buffer.
 */
final class PlayedSender {
  static final double NEVER_PS = Double.POSITIVE_INFINITY;

  private final StreamShape shape;
  private final int segmentBytes;
  private final int superPacketBytes;
  private final long windowBytes;
  private final Interrupts moderated;
  private final ColdCore sendingCore;
  private final ColdCore answeredCore;
  private final Sent[] streams;
  private final ArrayDeque<Integer> turns = new ArrayDeque<>();
  /** Frames that have not come to the link that streams share: when their first byte does. */
  private final Times leaving = new Times();
  private final Times leavingStreams = new Times();
  private final Times answersAt = new Times();
  private final Times answerStreams = new Times();
  private final Times answerEdges = new Times();
  private final Times answerBytes = new Times();
  private double cardFreePs;
  private int sending;
  private int sendingFrames;
  private double sendEndPs = NEVER_PS;
  private double answerInterruptPs = NEVER_PS;
  private long answerInterrupts;

  /** How far one of the streams has come. */
  private static final class Sent {
    private long bytes;
    private long chargedPacket = -1;
    private long edge;
    /** Acknowledged, and what may be sent beyond it while the window grows (RFC 5681 section 3.1). */
    private long heardBytes;
    private long congestionBytes;

    private long roomBytes() {
      return Math.min(edge, heardBytes + congestionBytes) - bytes;
    }
  }

  /** Nothing has been sent of its streams. */
  PlayedSender(Network network, HostProfile profile, StreamShape shape) {
    this.shape = shape;
    windowBytes = shape.windowBytes();
    segmentBytes = network.segmentBytes();
    superPacketBytes = network.stack().superPacketBytes();
    moderated = new Interrupts(profile, network.receive());
    sendingCore = new ColdCore(profile.coldIdlePs());
    answeredCore = shape.answersToSender() ? sendingCore : new ColdCore(profile.coldIdlePs());
    streams = new Sent[shape.meeting().receivers() * shape.meeting().streams()];
    for (int i = 0; i < streams.length; i++) {
      Sent stream = new Sent();
      stream.edge = windowBytes;
      stream.congestionBytes =
          network.transport() instanceof Transport.Tcp tcp && !shape.open()
              ? (long) tcp.initialSegments() * segmentBytes
              : windowBytes;
      streams[i] = stream;
      turns.add(i);
    }
  }

  /** When something happens here next. */
  double nextPs() {
    return Math.min(sendEndPs, answerInterruptPs);
  }

  /** What was due happens; an interrupt goes first. */
  void step(double nowPs) {
    if (nowPs == answerInterruptPs) {
      takeAnswers(nowPs);
    } else {
      endSending(nowPs);
    }
  }

  /** When the next frame comes to the link that streams share. */
  double leavesPs() {
    return leaving.first();
  }

  /** It comes; returns of which stream it is. */
  int leave() {
    leaving.remove();
    return (int) leavingStreams.remove();
  }

  /** Sends a super-packet of the stream whose turn it is, unless it does already. */
  void send(double nowPs) {
    if (sendEndPs != NEVER_PS || turns.isEmpty()) {
      return;
    }
    sending = turns.remove();
    Sent stream = streams[sending];
    long room = stream.roomBytes() / segmentBytes;
    long packet = stream.bytes / superPacketBytes;
    long left = Math.ceilDiv((packet + 1) * superPacketBytes - stream.bytes, (long) segmentBytes);
    sendingFrames = (int) Math.min(left, room);
    sendingCore.wakeUp(nowPs);
    double ps = sendingFrames * shape.sendFramePs();
    if (packet != stream.chargedPacket) {
      stream.chargedPacket = packet;
      ps += shape.sendPacketPs() + (sendingCore.takeColdSend() ? shape.coldSendPs() : 0);
    }
    sendEndPs = Math.max(nowPs, sendingCore.freePs()) + ps;
  }

  private void endSending(double nowPs) {
    sendEndPs = NEVER_PS;
    sendingCore.free(nowPs);
    for (int i = 0; i < sendingFrames; i++) {
      double firstBytePs = Math.max(cardFreePs, nowPs);
      leaving.add(firstBytePs);
      leavingStreams.add(sending);
      cardFreePs = firstBytePs + shape.wirePs();
    }
    cardFreePs += (shape.wireParts() - 1) * sendingFrames * shape.wirePs();
    streams[sending].bytes += (long) sendingFrames * segmentBytes;
    offer(sending);
    send(nowPs);
  }

  private void offer(int stream) {
    boolean offered = turns.contains(stream) || stream == sending && sendEndPs != NEVER_PS;
    if (!offered && streams[stream].roomBytes() >= segmentBytes) {
      turns.add(stream);
    }
  }

  /**
   * The receiver acknowledges.
   *
   * @param edge bytes before it may be sent
   * @param bytes that have come
   */
  void answer(int stream, double nowPs, long edge, long bytes) {
    answersAt.add(nowPs + shape.backPs());
    answerStreams.add(stream);
    answerEdges.add(edge);
    answerBytes.add(bytes);
    if (answerInterruptPs == NEVER_PS) {
      awaitAnswer();
    }
  }

  private void awaitAnswer() {
    long arrivalPs = (long) answersAt.first();
    moderated.busy(arrivalPs);
    answerInterruptPs = moderated.nextPs(arrivalPs);
  }

  /** Acknowledgements delay the super-packet that the core works on. */
  private void takeAnswers(double nowPs) {
    moderated.raised((long) nowPs);
    answerInterrupts++;
    boolean sends = shape.answersToSender() && sendEndPs != NEVER_PS;
    if (!sends) {
      answeredCore.wakeUp(nowPs);
    }
    double ps = shape.answeredInterruptPs();
    ps += answeredCore.takeColdReceive() ? shape.coldAnsweredPs() : 0;
    while (answersAt.first() <= nowPs) {
      takeAnswer();
      ps += shape.answeredPs();
    }
    double endPs = Math.max(nowPs, answeredCore.freePs()) + ps;
    if (sends) {
      sendEndPs += ps;
    } else {
      answeredCore.free(endPs);
    }
    if (answersAt.first() <= endPs) {
      answerInterruptPs = Math.max(endPs, moderated.nextPs((long) answersAt.first()));
    } else {
      moderated.quiet((long) endPs);
      answerInterruptPs = NEVER_PS;
      if (answersAt.size() > 0) {
        awaitAnswer();
      }
    }
    send(nowPs);
  }

  private void takeAnswer() {
    answersAt.remove();
    int number = (int) answerStreams.remove();
    Sent stream = streams[number];
    stream.edge = Math.max(stream.edge, (long) answerEdges.remove());
    long heard = (long) answerBytes.remove();
    stream.congestionBytes =
        Math.min(windowBytes, stream.congestionBytes + heard - stream.heardBytes);
    stream.heardBytes = heard;
    offer(number);
  }

  /** Counts from now on. */
  void forget() {
    answerInterrupts = 0;
    sendingCore.forget();
    answeredCore.forget();
  }

  /** Interrupts for acknowledgements. */
  long answerInterrupts() {
    return answerInterrupts;
  }

  /** Super-packets that found the sending core cold. */
  double coldSends() {
    return sendingCore.coldSends();
  }

  /** Acknowledgements that found their core cold. */
  double coldAnswered() {
    return answeredCore.coldReceives();
  }
}
