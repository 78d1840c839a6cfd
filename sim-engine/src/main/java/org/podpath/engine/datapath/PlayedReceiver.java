package org.podpath.engine.datapath;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.podpath.engine.cluster.HostProfile;

/**
 * A core that polls the frames of played streams: its card, interrupts, polls, GRO, acknowledgements, and
 * the readers that polls go before. Where packets are steered, each stream's go up the stack on a core of
 * its own.
 */
final class PlayedReceiver {
  static final double NEVER_PS = Double.POSITIVE_INFINITY;

  private final StreamShape shape;
  private final StreamShape.Costs costs;
  private final Answers told;
  private final int segmentBytes;
  private final int joinedSegments;
  private final Interrupts moderated;
  private final ColdCore core;
  private final PlayedTurns turns = new PlayedTurns();
  private final PlayedReaders readers;
  private final PlayedRing ring = new PlayedRing();
  private double interruptAtPs = NEVER_PS;
  /** End of the part of a poll that goes on. */
  private double partEndPs = NEVER_PS;
  private double partPs;
  private int polled;
  private int taken;
  private int takenFrames;
  private boolean lastPart;
  /** Null where polls bring packets up to their readers at once. */
  private final PlayedGuest guest;
  /** By stream: the cores that packets are steered to; none where they are not. */
  private final PlayedReceiver[] stacks;
  /** Whether the part that goes on is of a poll of the guest. */
  private boolean inGuest;
  /** Polls that wait for the core: whether they are the guest's. */
  private final ArrayDeque<Boolean> due = new ArrayDeque<>();
  /** Of each stream: frames of the packet that goes up in this part, and whether it is answered. */
  private final int[] whole;
  private final boolean[] answered;
  /** Frames that polls have taken; all the others are counted anew from {@link #forget} on. */
  long frames;
  /** Super-packets. */
  private long packets;
  /** Acknowledgements that polls sent, and those that readers sent. */
  private long answers;
  private long answersOfReader;
  private long interrupts;

  /** Who hears of acknowledgements. */
  interface Answers {
    /**
     * A stream is acknowledged.
     *
     * @param edge bytes before it may be sent
     * @param bytes that have come
     */
    void answer(int stream, double nowPs, long edge, long bytes);
  }

  /** Nothing has come of its streams. */
  PlayedReceiver(Network network, HostProfile profile, StreamShape shape, Answers told) {
    this(
        network, profile, shape, told,
        new Polling(
            shape.card().orElse(shape.stack()), network.joinedSegments(),
            new Interrupts(profile, network.receive()), shape.card().isPresent()));
  }

  /** Of a core to which packets are steered: nothing moderates or joins them. */
  private static PlayedReceiver stack(
      Network network, HostProfile profile, StreamShape shape, Answers told) {
    return new PlayedReceiver(
        network, profile, shape, told,
        new Polling(shape.stack(), 1, Interrupts.atOnce(profile), false));
  }

  /** How a core polls, and whether it steers packets to others. */
  private record Polling(
      StreamShape.Costs costs, int joinedSegments, Interrupts moderated, boolean steers) {}

  private PlayedReceiver(
      Network network, HostProfile profile, StreamShape shape, Answers told, Polling polling) {
    this.shape = shape;
    this.told = told;
    costs = polling.costs();
    joinedSegments = polling.joinedSegments();
    moderated = polling.moderated();
    segmentBytes = network.segmentBytes();
    core = new ColdCore(profile.coldIdlePs());
    readers = new PlayedReaders(shape, turns);
    whole = new int[readers.size()];
    answered = new boolean[readers.size()];
    guest = shape.guests().map(PlayedGuest::new).orElse(null);
    stacks = new PlayedReceiver[polling.steers() ? readers.size() : 0];
    Arrays.setAll(stacks, i -> stack(network, profile, shape, told));
  }

  /** When something happens here next. */
  double nextPs() {
    double nextPs = Math.min(Math.min(interruptAtPs, partEndPs), readers.endPs());
    for (PlayedReceiver stack : stacks) {
      nextPs = Math.min(nextPs, stack.nextPs());
    }
    return guest == null ? nextPs : Math.min(nextPs, guest.interruptAtPs());
  }

  /** What was due happens. */
  void step(double nowPs) {
    for (PlayedReceiver stack : stacks) {
      if (nowPs == stack.nextPs()) {
        stack.step(nowPs);
        return;
      }
    }
    if (nowPs == partEndPs) {
      if (inGuest) {
        endGuestPart(nowPs);
      } else {
        endPart(nowPs);
      }
    } else if (nowPs == interruptAtPs) {
      interruptAtPs = NEVER_PS;
      interrupts++;
      moderated.raised((long) nowPs);
      interrupt(nowPs, false, costs.interruptPs());
    } else if (guest != null && nowPs == guest.interruptAtPs()) {
      interrupt(nowPs, true, guest.interrupt());
    } else {
      for (int i = 0; i < readers.size(); i++) {
        if (readers.of(i).endPs() == nowPs) {
          endReading(i, nowPs);
        }
      }
    }
  }

  /** A frame will have passed the slowest link at {@code passedPs}, and nothing holds it up behind. */
  void arrive(int stream, double passedPs, double nowPs) {
    ring(stream, 1, passedPs + shape.forthPs(), nowPs);
  }

  private void ring(int stream, int ofFrames, double atPs, double nowPs) {
    ring.add(stream, ofFrames, atPs);
    if (isQuiet()) {
      awaitFrame(nowPs);
    }
  }

  /** Whether no poll of frames goes on or is to come. */
  private boolean isQuiet() {
    boolean polling = partEndPs != NEVER_PS && !inGuest || due.contains(false);
    return !polling && interruptAtPs == NEVER_PS;
  }

  /** The queue is quiet until the first frame comes, which raises an interrupt. */
  private void awaitFrame(double nowPs) {
    long arrivalPs = (long) ring.firstPs();
    moderated.busy(arrivalPs);
    interruptAtPs = Math.max(nowPs, moderated.nextPs(arrivalPs));
  }

  private void interrupt(double nowPs, boolean ofGuest, double hardPs) {
    due.add(ofGuest);
    if (delays(hardPs)) {
      return;
    }
    if (!readers.stop(nowPs)) {
      core.wakeUp(nowPs);
    }
    turns.interrupted(nowPs);
    beginDue(nowPs, hardPs);
  }

  /** Whether something runs that an interrupt delays but does not stop. */
  private boolean delays(double hardPs) {
    if (partEndPs != NEVER_PS) {
      partEndPs += hardPs;
      return true;
    }
    if (turns.isDeferred()) {
      readers.delay(hardPs);
      return true;
    }
    return false;
  }

  private void beginDue(double nowPs, double hardPs) {
    if (due.remove()) {
      beginGuestPart(nowPs, hardPs);
    } else {
      beginPart(nowPs, hardPs);
    }
  }

  /** Takes frames until a super-packet is whole; if none will be, all go up the stack as they are. */
  private void beginPart(double nowPs, double hardPs) {
    taken = 0;
    takenFrames = 0;
    lastPart = true;
    while (lastPart && polled < KernelLimits.POLL_FRAMES && taken < ring.size()
        && ring.atPs(taken) <= nowPs) {
      int stream = ring.stream(taken);
      int ofFrames = ring.frames(taken);
      taken++;
      takenFrames += ofFrames;
      polled++;
      readers.of(stream).joined += ofFrames;
      if (readers.of(stream).joined >= joinedSegments) {
        lastPart = false;
        whole[stream] = readers.of(stream).joined;
      }
    }
    moderated.seen(taken, (long) takenFrames * segmentBytes);
    partPs = hardPs + takenFrames * costs.framePs();
    for (int i = 0; i < readers.size(); i++) {
      whole[i] = lastPart ? readers.of(i).joined : whole[i];
      partPs += whole[i] > 0 ? packetPs(i) : 0;
    }
    partEndPs = nowPs + partPs;
  }

  /** A packet goes up the stack, and may be acknowledged. */
  private double packetPs(int stream) {
    readers.of(stream).joined = 0;
    double ps = costs.packetPs() + (core.takeColdReceive() ? costs.coldPacketPs() : 0);
    return guest == null && stacks.length == 0 ? ps + answerPs(stream, whole[stream]) : ps;
  }

  /** TCP has a packet of so many frames. */
  private double answerPs(int stream, int packetFrames) {
    PlayedReader reader = readers.of(stream);
    boolean quick = reader.quickAnswers > 0;
    answered[stream] = packetFrames > 1 || reader.oneUnanswered || quick;
    reader.quickAnswers -= answered[stream] && quick ? 1 : 0;
    reader.oneUnanswered = !answered[stream];
    return answered[stream]
        ? shape.answerPs() + (core.takeColdSend() ? shape.coldAnswerPs() : 0)
        : 0;
  }

  private void beginGuestPart(double nowPs, double hardPs) {
    inGuest = true;
    partPs = hardPs + guest.packetPs() + answerPs(guest.stream(), guest.frames());
    partEndPs = nowPs + partPs;
  }

  private void endGuestPart(double nowPs) {
    partEndPs = NEVER_PS;
    inGuest = false;
    int stream = guest.stream();
    long bytes = (long) guest.frames() * segmentBytes;
    guest.take();
    goUp(stream, bytes, nowPs);
    turns.polled(partPs);
    if (guest.goesOn(nowPs)) {
      beginGuestPart(nowPs, 0);
      return;
    }
    int took = guest.end(nowPs);
    if (took < 0) {
      due.add(true);
    }
    endPoll(nowPs, Math.abs(took));
  }

  private void endPart(double nowPs) {
    partEndPs = NEVER_PS;
    for (int i = 0; i < taken; i++) {
      ring.remove();
    }
    frames += takenFrames;
    boolean holding = false;
    for (int i = 0; i < readers.size(); i++) {
      if (whole[i] > 0) {
        takePacket(i, nowPs);
      }
      holding |= readers.of(i).joined > 0;
    }
    turns.polled(partPs);
    boolean more = ring.firstPs() <= nowPs;
    if (!lastPart && (holding || more && polled < KernelLimits.POLL_FRAMES)) {
      beginPart(nowPs, 0);
      return;
    }
    boolean again = more && polled == KernelLimits.POLL_FRAMES;
    int took = polled;
    polled = 0;
    if (again) {
      due.add(false);
    } else {
      awaitMore(nowPs);
    }
    endPoll(nowPs, took);
  }

  private void takePacket(int stream, double nowPs) {
    int packetFrames = whole[stream];
    packets++;
    whole[stream] = 0;
    if (stacks.length > 0) {
      stacks[stream].ring(stream, packetFrames, nowPs, nowPs);
    } else if (guest == null) {
      goUp(stream, (long) packetFrames * segmentBytes, nowPs);
    } else {
      guest.deliver(stream, packetFrames, nowPs);
    }
  }

  private void goUp(int stream, long bytes, double nowPs) {
    readers.of(stream).arrived(bytes);
    if (answered[stream]) {
      answers++;
      answer(stream, nowPs);
    }
    readers.wake(stream, nowPs);
  }

  /** The next frame needs an interrupt. */
  private void awaitMore(double nowPs) {
    if (ring.firstPs() <= nowPs) {
      interruptAtPs = Math.max(nowPs, moderated.nextPs((long) ring.firstPs()));
    } else {
      moderated.quiet((long) nowPs);
      if (ring.size() > 0) {
        awaitFrame(nowPs);
      }
    }
  }

  /** A poll that took so many frames is over. */
  private void endPoll(double nowPs, int took) {
    if (due.isEmpty()) {
      core.free(nowPs);
      turns.quiet();
      if (shape.oneCore()) {
        schedule(nowPs);
      }
    } else if (turns.pollsGoOn(took, nowPs) || !shape.oneCore()) {
      beginDue(nowPs, 0);
    } else {
      schedule(nowPs);
    }
  }

  private void answer(int stream, double nowPs) {
    told.answer(
        stream, guest == null ? nowPs : guest.answerPs(nowPs), readers.of(stream).tell(),
        readers.of(stream).arrivedBytes());
  }

  /** The thread goes on that polls have stopped, or the next one that has something to do. */
  private void schedule(double nowPs) {
    if (readers.resume(nowPs)) {
      return;
    }
    if (turns.isDeferred() && (!readers.anyWaits() || turns.takePoll())) {
      beginDue(nowPs, 0);
    } else if (readers.anyWaits()) {
      readers.next(nowPs);
    }
  }

  private void endReading(int stream, double nowPs) {
    turns.read(readers.of(stream).tookPs());
    if (readers.of(stream).end()) {
      answer(stream, nowPs);
      answersOfReader++;
    }
    readers.wake(stream, nowPs);
    if (shape.oneCore()) {
      core.free(nowPs);
      schedule(nowPs);
    }
  }

  /** When all that has come of the first stream will be read, if nothing more comes. */
  double readPs(double nowPs) {
    return stacks.length > 0
        ? stacks[0].readPs(nowPs)
        : nowPs + readers.of(0).unreadPs(nowPs);
  }

  /** What has come of the first stream. */
  long arrivedBytes() {
    return stacks.length > 0 ? stacks[0].arrivedBytes() : readers.of(0).arrivedBytes();
  }

  /** How its card moderates interrupts. */
  Interrupts moderated() {
    return moderated;
  }

  /** Counts from now on. */
  void forget() {
    packets = 0;
    answers = 0;
    answersOfReader = 0;
    interrupts = 0;
    core.forget();
    if (guest != null) {
      guest.forget();
    }
    for (PlayedReceiver stack : stacks) {
      stack.forget();
    }
  }

  /** Adds to {@code sums} what passed here. */
  void addTo(ReceivedCounts sums) {
    sums.packets += packets;
    sums.interrupts += interrupts;
    sums.guestInterrupts += guest == null ? 0 : guest.interrupts();
    if (stacks.length == 0) {
      addStack(sums);
    }
    for (PlayedReceiver stack : stacks) {
      sums.guestInterrupts += stack.interrupts;
      stack.addStack(sums);
    }
  }

  private void addStack(ReceivedCounts sums) {
    sums.answers += answers;
    sums.answersOfReader += answersOfReader;
    sums.coldReceived += core.coldReceives();
    sums.coldAnswers += core.coldSends();
  }
}
