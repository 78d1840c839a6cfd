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
  private final PlayedAnswers answers = new PlayedAnswers();
  /** Those that its host has polled; they come to its guest when a vhost thread has delivered them. */
  private final PlayedAnswers delivered = new PlayedAnswers();
  private final PlayedVhost handing = new PlayedVhost();
  private final PlayedVhost delivering;
  private double cardFreePs;
  private int sending;
  private int sendingFrames;
  private double sendEndPs = NEVER_PS;
  private double answerInterruptPs = NEVER_PS;
  private long answerInterrupts;
  private double guestInterruptPs = NEVER_PS;
  /** End of what a poll of the guest takes now. */
  private double guestPollEndPs;
  private long guestInterrupts;
  private long handed;
  private long sentFrames;
  private long sentSquares;

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
    delivering =
        shape.guests().map(GuestShape::oneSending).orElse(true) ? handing : new PlayedVhost();
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
    return Math.min(sendEndPs, Math.min(answerInterruptPs, guestInterruptPs));
  }

  /** What was due happens; an interrupt goes first. */
  void step(double nowPs) {
    if (nowPs == answerInterruptPs) {
      takeAnswers(nowPs);
    } else if (nowPs == guestInterruptPs) {
      takeDelivered(nowPs);
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
    double atCardPs = handOver(nowPs);
    for (int i = 0; i < sendingFrames; i++) {
      double firstBytePs = Math.max(cardFreePs, atCardPs);
      leaving.add(firstBytePs);
      leavingStreams.add(sending);
      cardFreePs = firstBytePs + shape.cardPs();
    }
    cardFreePs += (shape.wireParts() - 1) * sendingFrames * shape.cardPs();
    sentFrames += sendingFrames;
    sentSquares += (long) sendingFrames * sendingFrames;
    streams[sending].bytes += (long) sendingFrames * segmentBytes;
    offer(sending);
    send(nowPs);
  }

  /** When what it has sent is at the card. */
  private double handOver(double nowPs) {
    if (shape.guests().isEmpty() || sendingFrames == 0) {
      return nowPs;
    }
    GuestShape guest = shape.guests().get();
    handed++;
    return handing.passPs(nowPs, guest.sendPacketPs() + sendingFrames * guest.sendFramePs());
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
    answers.add(nowPs + shape.backPs(), stream, edge, bytes);
    if (answerInterruptPs == NEVER_PS) {
      awaitAnswer();
    }
  }

  private void awaitAnswer() {
    long arrivalPs = (long) answers.firstPs();
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
    while (answers.firstPs() <= nowPs) {
      ps += shape.answeredPs();
      if (shape.guests().isEmpty()) {
        hear(answers);
      } else {
        deliver(nowPs + ps);
      }
    }
    double endPs = busy(nowPs, ps, sends);
    if (answers.firstPs() <= endPs) {
      answerInterruptPs = Math.max(endPs, moderated.nextPs((long) answers.firstPs()));
    } else {
      moderated.quiet((long) endPs);
      answerInterruptPs = NEVER_PS;
      if (!answers.isEmpty()) {
        awaitAnswer();
      }
    }
    send(nowPs);
  }

  /** The core polls for so long; returns until when. */
  private double busy(double nowPs, double ps, boolean sends) {
    double endPs = Math.max(nowPs, answeredCore.freePs()) + ps;
    if (sends) {
      sendEndPs += ps;
    } else {
      answeredCore.free(endPs);
    }
    return endPs;
  }

  /** The vhost thread of its host brings an acknowledgement to the guest. */
  private void deliver(double nowPs) {
    double deliveredPs =
        delivering.passPs(nowPs, shape.guests().orElseThrow().answeredVhostPs());
    delivered.add(deliveredPs, answers.stream(), answers.edge(), answers.bytes());
    answers.remove();
    if (guestInterruptPs == NEVER_PS) {
      guestInterruptPs = Math.max(deliveredPs, guestPollEndPs);
    }
  }

  /** A poll of the guest takes acknowledgements; one that goes on needs no interrupt. */
  private void takeDelivered(double nowPs) {
    GuestShape guest = shape.guests().orElseThrow();
    boolean sends = shape.answersToSender() && sendEndPs != NEVER_PS;
    if (!sends) {
      answeredCore.wakeUp(nowPs);
    }
    boolean goesOn = nowPs == guestPollEndPs;
    guestInterrupts += goesOn ? 0 : 1;
    double ps = goesOn ? 0 : guest.answeredInterruptPs();
    while (delivered.firstPs() <= nowPs) {
      ps += guest.answeredPs();
      hear(delivered);
    }
    guestPollEndPs = busy(nowPs, ps, sends);
    guestInterruptPs =
        delivered.isEmpty() ? NEVER_PS : Math.max(guestPollEndPs, delivered.firstPs());
    send(nowPs);
  }

  private void hear(PlayedAnswers from) {
    int number = from.stream();
    Sent stream = streams[number];
    stream.edge = Math.max(stream.edge, from.edge());
    long heard = from.bytes();
    from.remove();
    stream.congestionBytes =
        Math.min(windowBytes, stream.congestionBytes + heard - stream.heardBytes);
    stream.heardBytes = heard;
    offer(number);
  }

  /** Counts from now on. */
  void forget() {
    answerInterrupts = 0;
    guestInterrupts = 0;
    handed = 0;
    sentFrames = 0;
    sentSquares = 0;
    sendingCore.forget();
    answeredCore.forget();
  }

  /** Interrupts for acknowledgements. */
  long answerInterrupts() {
    return answerInterrupts;
  }

  /** Interrupts of its guest, for acknowledgements. */
  long guestInterrupts() {
    return guestInterrupts;
  }

  /** Packets that its guest handed to its host. */
  long handed() {
    return handed;
  }

  /** Frames that it handed to its card. */
  long sentFrames() {
    return sentFrames;
  }

  /** The squares of how many it handed over at once, added up. */
  long sentSquares() {
    return sentSquares;
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
