package org.podpath.engine.datapath;

import java.util.Arrays;
import org.podpath.engine.cluster.HostProfile;

/**
 * Endless streams, all alike, of some sending to some polling cores, between hosts that do nothing else,
 * played once by the rules of the packet engine but without loss. How many frames of a stream meet in a
 * poll follows from windows, interrupts, polls, GRO, acknowledgements and readers together, and has no
 * closed form.
 */
final class StreamPlay {
  /** The first are not counted, so that the beginning does not show. */
  private static final long IGNORED_FRAMES = 1024;
  /** Nor is what came before an adaptive card has found its timer. */
  private static final double IGNORED_PS = 4.0 * Interrupts.WINDOW_PS;
  /** Several streams are played for longer, but not for as much longer as they are more. */
  private static final int MOST_TIMES = 4;

  private final PlayedSender[] senders;
  private final PlayedReceiver[] receivers;
  private final Meeting meeting;
  private final double wirePs;
  /** Of the slowest link to each receiving host: when the last frame has passed it. */
  private final double[] wireFreePs;
  /** Streams. */
  private final int all;
  private final long ignored;
  /** Whether packets wait for a guest, or for the core that they are steered to, behind the card. */
  private final boolean twoQueues;
  private final StreamBegin begin = new StreamBegin();
  private double nowPs;
  private long ignoredFrames;
  private double ignoredPs;

  /** Nothing has been sent yet. */
  StreamPlay(Network network, HostProfile sender, HostProfile receiver, StreamShape shape) {
    meeting = shape.meeting();
    twoQueues = shape.guests().isPresent() || shape.card().isPresent();
    senders = new PlayedSender[meeting.groups() * meeting.senders()];
    Arrays.setAll(senders, i -> new PlayedSender(network, sender, shape));
    wirePs = shape.wirePs();
    wireFreePs = new double[meeting.receivers()];
    receivers = new PlayedReceiver[meeting.groups() * meeting.receivers()];
    Arrays.setAll(receivers, i -> new PlayedReceiver(network, receiver, shape, answers(i)));
    all = senders.length * meeting.receivers() * meeting.streams();
    ignored = IGNORED_FRAMES * Math.min(all, MOST_TIMES);
  }

  /** Each end numbers its streams: those with the first of the other ends come first. */
  private PlayedReceiver.Answers answers(int receiver) {
    int streams = meeting.streams();
    int ofSender = receiver % meeting.receivers() * streams;
    int firstSender = receiver / meeting.receivers() * meeting.senders();
    return (stream, atPs, edge, bytes) -> senders[firstSender + stream / streams]
        .answer(ofSender + stream % streams, atPs, edge, bytes);
  }

  /** What passed for each frame. */
  StreamCounts counts() {
    for (PlayedSender sender : senders) {
      sender.send(0);
    }
    while (frames() < ignoredFrames + 4 * ignored && step()) {
      if (frames() < ignored || nowPs < IGNORED_PS) {
        begin.read(receivers[0].arrivedBytes(), receivers[0].readPs(nowPs));
        forget();
      }
    }
    return counted(Math.max(1, frames() - ignoredFrames)).orIn(otherwisePs());
  }

  /**
   * Time for each frame of a stream after cards have been made to take their other timer for a while.
   * Where one queue stands behind another it depends on single frames which timer they begin with; else
   * streams begin with a burst, and cards in bulk.
   */
  private double otherwisePs() {
    if (!twoQueues || !receivers[0].moderated().adapts()) {
      return framePs();
    }
    for (PlayedReceiver receiver : receivers) {
      receiver.moderated().holdOtherTimer();
    }
    ignore();
    for (PlayedReceiver receiver : receivers) {
      receiver.moderated().letGo();
    }
    ignore();
    while (frames() < ignoredFrames + 4 * ignored && step()) {
      // what passes counts itself
    }
    return framePs();
  }

  /** Plays on until what was before does not show. */
  private void ignore() {
    long fromFrames = frames() + ignored;
    double fromPs = nowPs + IGNORED_PS;
    while ((frames() < fromFrames || nowPs < fromPs) && step()) {
      // nothing of it counts
    }
    forget();
  }

  private double framePs() {
    return (nowPs - ignoredPs) * all / Math.max(1, frames() - ignoredFrames);
  }

  private StreamCounts counted(double ofFrames) {
    ReceivedCounts received = new ReceivedCounts();
    for (PlayedReceiver receiver : receivers) {
      receiver.addTo(received);
    }
    double answerInterrupts = 0;
    double handed = 0;
    double guestAnswerInterrupts = 0;
    double coldSends = 0;
    double coldAnswered = 0;
    for (PlayedSender sender : senders) {
      answerInterrupts += sender.answerInterrupts();
      handed += sender.handed();
      guestAnswerInterrupts += sender.guestInterrupts();
      coldSends += sender.coldSends();
      coldAnswered += sender.coldAnswered();
    }
    return new StreamCounts(
        received.packets / ofFrames, received.answers / ofFrames,
        received.answersOfReader / ofFrames, received.interrupts / ofFrames,
        answerInterrupts / ofFrames, coldSends / ofFrames, coldAnswered / ofFrames,
        received.coldReceived / ofFrames, received.coldAnswers / ofFrames,
        handed / ofFrames, received.guestInterrupts / ofFrames,
        guestAnswerInterrupts / ofFrames,
        framePs(), framePs(), together(), begin);
  }

  private double together() {
    double squares = 0;
    double frames = 0;
    for (PlayedSender sender : senders) {
      squares += sender.sentSquares();
      frames += sender.sentFrames();
    }
    return frames == 0 ? 1 : squares / frames;
  }

  private long frames() {
    long frames = 0;
    for (PlayedReceiver receiver : receivers) {
      frames += receiver.frames;
    }
    return frames;
  }

  private void forget() {
    ignoredFrames = frames();
    ignoredPs = nowPs;
    for (PlayedReceiver receiver : receivers) {
      receiver.forget();
    }
    for (PlayedSender sender : senders) {
      sender.forget();
    }
  }

  /** What comes next happens; false if nothing does. Frames go first, then receivers. */
  private boolean step() {
    PlayedSender sender = senders[0];
    int leaving = 0;
    for (int i = 1; i < senders.length; i++) {
      sender = senders[i].nextPs() < sender.nextPs() ? senders[i] : sender;
      leaving = senders[i].leavesPs() < senders[leaving].leavesPs() ? i : leaving;
    }
    PlayedReceiver receiver = receivers[0];
    for (int i = 1; i < receivers.length; i++) {
      receiver = receivers[i].nextPs() < receiver.nextPs() ? receivers[i] : receiver;
    }
    double framePs = senders[leaving].leavesPs();
    nowPs = Math.min(framePs, Math.min(receiver.nextPs(), sender.nextPs()));
    if (nowPs == PlayedSender.NEVER_PS) {
      return false;
    }
    if (nowPs == framePs) {
      arrive(leaving, senders[leaving].leave());
    } else if (nowPs == receiver.nextPs()) {
      receiver.step(nowPs);
    } else {
      sender.step(nowPs);
    }
    return true;
  }

  /** A frame of a sender's stream has left it. */
  private void arrive(int sender, int stream) {
    int streams = meeting.streams();
    int to = stream / streams;
    int firstReceiver = sender / meeting.senders() * meeting.receivers();
    wireFreePs[to] = Math.max(wireFreePs[to], nowPs) + wirePs;
    receivers[firstReceiver + to]
        .arrive(sender % meeting.senders() * streams + stream % streams, wireFreePs[to], nowPs);
  }
}
