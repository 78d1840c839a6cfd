package org.podpath.engine.datapath;

import org.podpath.engine.cluster.HostProfile;

/**
 * One endless stream between idle hosts, played once by the rules of the packet engine but without
 * loss: a sender whose window grows to the receiver's buffer, interrupts, polls, GRO, acknowledgements,
 * and a reader that polls go before. How many frames meet in a poll follows from all of them together,
 * and has no closed form.
 */
final class StreamPlay {
  private static final double NEVER_PS = Double.POSITIVE_INFINITY;
  /** NAPI weight (Linux, include/linux/netdevice.h, NAPI_POLL_WEIGHT). */
  private static final int POLL_FRAMES = 64;
  /** What a reader takes at a time. */
  private static final long READ_BYTES = 65_536;
  /** Far more than polls take at once: a larger window changes nothing here. */
  private static final long MOST_WINDOW_BYTES = 1 << 23;
  /** The first are not counted, so that the beginning does not show. */
  private static final long IGNORED_FRAMES = 1024;
  private static final long FRAMES = 4 * IGNORED_FRAMES;
  /** Nor is what came before an adaptive card has found its timer. */
  private static final double IGNORED_PS = 4.0 * Interrupts.WINDOW_PS;

  private final StreamShape shape;
  private final int segmentBytes;
  private final int superPacketBytes;
  private final int joinedSegments;
  private final long windowBytes;
  private final Interrupts moderated;
  private final Interrupts answersModerated;
  private double nowPs;
  private long sentBytes;
  private long chargedPacket = -1;
  private int sendingFrames;
  private double sendEndPs = NEVER_PS;
  private final ColdCore sendingCore;
  private final ColdCore answeredCore;
  private final ColdCore pollingCore;
  private double wireFreePs;
  private final Times ring = new Times();
  private double interruptAtPs = NEVER_PS;
  /** End of the part of a poll that goes on. */
  private double partEndPs = NEVER_PS;
  private int polled;
  private int taken;
  private int joined;
  private int whole;
  private boolean answered;
  private boolean lastPart;
  private long arrivedBytes;
  private long readBytes;
  private long readingBytes;
  private boolean readerAnswers;
  private double readEndPs = NEVER_PS;
  private double readLeftPs;
  private double unreadPackets;
  private long toldEdge;
  private long knownEdge;
  /** Acknowledged, and what may be sent beyond it while the window grows (RFC 5681 section 3.1). */
  private long heardBytes;
  private long congestionBytes;
  private final Times answersAt = new Times();
  private double answerInterruptPs = NEVER_PS;
  private final Times answerEdges = new Times();
  private final Times answerBytes = new Times();
  private boolean oneUnanswered;
  private int quickAnswers = Transport.Tcp.QUICK_ANSWERS;
  private long frames;
  private long ignoredFrames;
  private final StreamBegin begin = new StreamBegin();
  private long packets;
  private long answers;
  private long answersOfReader;
  private long interrupts;
  private long answerInterrupts;

  /** Numbers in order, first in, first out. */
  private static final class Times {
    private double[] slots = new double[64];
    private int head;
    private int size;

    void add(double value) {
      if (size == slots.length) {
        double[] bigger = new double[2 * size];
        for (int i = 0; i < size; i++) {
          bigger[i] = get(i);
        }
        slots = bigger;
        head = 0;
      }
      slots[(head + size++) % slots.length] = value;
    }

    double get(int i) {
      return slots[(head + i) % slots.length];
    }

    double first() {
      return size == 0 ? NEVER_PS : slots[head];
    }

    double remove() {
      double value = slots[head];
      head = (head + 1) % slots.length;
      size--;
      return value;
    }
  }

  StreamPlay(Network network, HostProfile sender, HostProfile receiver, StreamShape shape) {
    this.shape = shape;
    segmentBytes = network.segmentBytes();
    superPacketBytes = network.stack().superPacketBytes();
    joinedSegments = network.joinedSegments();
    windowBytes = Math.min(MOST_WINDOW_BYTES, network.transport().windowBytes());
    moderated = new Interrupts(receiver, network.receive());
    answersModerated = new Interrupts(sender, network.receive());
    sendingCore = new ColdCore(sender.coldIdlePs());
    answeredCore = shape.answersToSender() ? sendingCore : new ColdCore(sender.coldIdlePs());
    pollingCore = new ColdCore(receiver.coldIdlePs());
    toldEdge = windowBytes;
    knownEdge = windowBytes;
    congestionBytes =
        network.transport() instanceof Transport.Tcp tcp
            ? (long) tcp.initialSegments() * segmentBytes
            : windowBytes;
  }

  /** What passed for each frame. */
  StreamCounts counts() {
    send();
    while (frames < ignoredFrames + FRAMES && step()) {
      if (frames < IGNORED_FRAMES || nowPs < IGNORED_PS) {
        ignoredFrames = frames;
        packets = 0;
        answers = 0;
        answersOfReader = 0;
        interrupts = 0;
        answerInterrupts = 0;
        sendingCore.forget();
        answeredCore.forget();
        pollingCore.forget();
      }
    }
    double counted = Math.max(1, frames - ignoredFrames);
    return new StreamCounts(
        packets / counted, answers / counted, answersOfReader / counted, interrupts / counted,
        answerInterrupts / counted, sendingCore.coldSends() / counted,
        answeredCore.coldReceives() / counted, pollingCore.coldReceives() / counted,
        pollingCore.coldSends() / counted, begin);
  }

  /** What comes next happens; false if nothing does. */
  private boolean step() {
    nowPs =
        Math.min(
            Math.min(sendEndPs, answerInterruptPs),
            Math.min(interruptAtPs, Math.min(partEndPs, readEndPs)));
    if (nowPs == NEVER_PS) {
      return false;
    }
    if (nowPs == partEndPs) {
      endPart();
    } else if (nowPs == interruptAtPs) {
      interruptAtPs = NEVER_PS;
      interrupts++;
      moderated.raised((long) nowPs);
      if (!shape.oneCore() || readEndPs == NEVER_PS) {
        pollingCore.wakeUp(nowPs);
      }
      beginPoll(shape.interruptPs());
    } else if (nowPs == readEndPs) {
      endReading();
    } else if (nowPs == answerInterruptPs) {
      takeAnswers();
    } else {
      endSending();
    }
    return true;
  }

  private void send() {
    long edge = Math.min(knownEdge, heardBytes + congestionBytes);
    long room = (edge - sentBytes) / segmentBytes;
    if (sendEndPs != NEVER_PS || room <= 0) {
      return;
    }
    long packet = sentBytes / superPacketBytes;
    long left = Math.ceilDiv((packet + 1) * superPacketBytes - sentBytes, (long) segmentBytes);
    sendingFrames = (int) Math.min(left, room);
    sendingCore.wakeUp(nowPs);
    double ps = sendingFrames * shape.sendFramePs();
    if (packet != chargedPacket) {
      chargedPacket = packet;
      ps += shape.sendPacketPs() + (sendingCore.takeColdSend() ? shape.coldSendPs() : 0);
    }
    sendEndPs = Math.max(nowPs, sendingCore.freePs()) + ps;
  }

  private void endSending() {
    sendEndPs = NEVER_PS;
    sendingCore.free(nowPs);
    for (int i = 0; i < sendingFrames; i++) {
      wireFreePs = Math.max(wireFreePs, nowPs) + shape.wirePs();
      ring.add(wireFreePs + shape.forthPs());
    }
    sentBytes += (long) sendingFrames * segmentBytes;
    if (partEndPs == NEVER_PS && interruptAtPs == NEVER_PS) {
      awaitFrame();
    }
    send();
  }

  /** The queue is quiet until the first frame comes, which raises an interrupt. */
  private void awaitFrame() {
    long arrivalPs = (long) ring.first();
    moderated.busy(arrivalPs);
    interruptAtPs = Math.max(nowPs, moderated.nextPs(arrivalPs));
  }

  private void beginPoll(double hardPs) {
    if (shape.oneCore() && readEndPs != NEVER_PS) {
      readLeftPs = readEndPs - nowPs;
      readEndPs = NEVER_PS;
    }
    polled = 0;
    beginPart(hardPs);
  }

  /** Takes frames until a super-packet is whole, or none waits. */
  private void beginPart(double hardPs) {
    taken = 0;
    while (joined < joinedSegments && polled < POLL_FRAMES && taken < ring.size
        && ring.get(taken) <= nowPs) {
      taken++;
      polled++;
      joined++;
    }
    moderated.seen(taken, (long) taken * segmentBytes);
    lastPart = joined < joinedSegments;
    whole = joined;
    joined = 0;
    boolean quick = quickAnswers > 0;
    answered = whole > 1 || whole > 0 && (oneUnanswered || quick);
    quickAnswers -= answered && quick ? 1 : 0;
    oneUnanswered = whole == 1 && !answered;
    double ps = hardPs + taken * shape.framePs();
    if (whole > 0) {
      ps += shape.packetPs() + (pollingCore.takeColdReceive() ? shape.coldPacketPs() : 0);
    }
    if (answered) {
      ps += shape.answerPs() + (pollingCore.takeColdSend() ? shape.coldAnswerPs() : 0);
    }
    partEndPs = nowPs + ps;
  }

  private void endPart() {
    partEndPs = NEVER_PS;
    for (int i = 0; i < taken; i++) {
      ring.remove();
    }
    frames += taken;
    arrivedBytes += (long) whole * segmentBytes;
    if (whole > 0) {
      packets++;
      unreadPackets++;
    }
    if (answered) {
      answer();
      answers++;
    }
    if (frames < IGNORED_FRAMES || nowPs < IGNORED_PS) {
      begin.read(arrivedBytes, nowPs + unreadPs());
    }
    if (!shape.oneCore()) {
      read();
    }
    boolean more = ring.first() <= nowPs;
    if (!lastPart && more && polled < POLL_FRAMES) {
      beginPart(0);
    } else if (more && polled == POLL_FRAMES) {
      polled = 0;
      beginPart(0);
    } else {
      endPoll();
    }
  }

  /** How long the reader has left if nothing more comes. */
  private double unreadPs() {
    double startedPs = readEndPs == NEVER_PS ? readLeftPs : readEndPs - nowPs;
    double startedBytes = startedPs > 0 ? readingBytes : 0;
    return startedPs + (arrivedBytes - readBytes - startedBytes) * shape.readBytePs()
        + unreadPackets * shape.readPacketPs();
  }

  private void endPoll() {
    pollingCore.free(nowPs);
    if (ring.first() <= nowPs) {
      interruptAtPs = Math.max(nowPs, moderated.nextPs((long) ring.first()));
    } else {
      moderated.quiet((long) nowPs);
      if (ring.size > 0) {
        awaitFrame();
      }
    }
    if (readLeftPs > 0) {
      readEndPs = nowPs + readLeftPs;
      readLeftPs = 0;
    } else {
      read();
    }
  }

  private void answer() {
    toldEdge = readBytes + windowBytes;
    answersAt.add(nowPs + shape.backPs());
    answerEdges.add(toldEdge);
    answerBytes.add(arrivedBytes);
    if (answerInterruptPs == NEVER_PS) {
      awaitAnswer();
    }
  }

  private void awaitAnswer() {
    long arrivalPs = (long) answersAt.first();
    answersModerated.busy(arrivalPs);
    answerInterruptPs = answersModerated.nextPs(arrivalPs);
  }

  private void read() {
    long waitingBytes = arrivedBytes - readBytes;
    if (readEndPs != NEVER_PS || waitingBytes <= 0) {
      return;
    }
    readingBytes = Math.min(waitingBytes, READ_BYTES);
    double share = unreadPackets * readingBytes / waitingBytes;
    unreadPackets -= share;
    long known = toldEdge - arrivedBytes;
    readerAnswers =
        2 * known < windowBytes && 2 * known <= windowBytes - waitingBytes + readingBytes;
    readEndPs =
        nowPs + share * shape.readPacketPs() + readingBytes * shape.readBytePs()
            + (readerAnswers ? shape.answerPs() : 0);
  }

  private void endReading() {
    readEndPs = NEVER_PS;
    if (shape.oneCore()) {
      pollingCore.free(nowPs);
    }
    readBytes += readingBytes;
    if (readerAnswers) {
      answer();
      answersOfReader++;
    }
    read();
  }

  /** Acknowledgements delay the super-packet that the sender works on. */
  private void takeAnswers() {
    answersModerated.raised((long) nowPs);
    answerInterrupts++;
    boolean sending = shape.answersToSender() && sendEndPs != NEVER_PS;
    if (!sending) {
      answeredCore.wakeUp(nowPs);
    }
    double ps = shape.answeredInterruptPs();
    ps += answeredCore.takeColdReceive() ? shape.coldAnsweredPs() : 0;
    while (answersAt.first() <= nowPs) {
      answersAt.remove();
      knownEdge = Math.max(knownEdge, (long) answerEdges.remove());
      long heard = (long) answerBytes.remove();
      congestionBytes = Math.min(windowBytes, congestionBytes + heard - heardBytes);
      heardBytes = heard;
      ps += shape.answeredPs();
    }
    double endPs = Math.max(nowPs, answeredCore.freePs()) + ps;
    if (sending) {
      sendEndPs += ps;
    } else {
      answeredCore.free(endPs);
    }
    if (answersAt.first() <= endPs) {
      answerInterruptPs = Math.max(endPs, answersModerated.nextPs((long) answersAt.first()));
    } else {
      answersModerated.quiet((long) endPs);
      answerInterruptPs = NEVER_PS;
      if (answersAt.size > 0) {
        awaitAnswer();
      }
    }
    send();
  }
}
