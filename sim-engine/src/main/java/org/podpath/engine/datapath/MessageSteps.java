package org.podpath.engine.datapath;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Step;

/** What messages meet on their way, one after the other. */
final class MessageSteps {
  private MessageSteps() {}

  /**
   * Frames that a core that polls takes one by one.
   *
   * @param headBytes payload of the first
   * @param bytes payload of all
   */
  record Frames(long count, long headBytes, long bytes) {
    static final Frames EMPTY = new Frames(1, 0, 0);

    /** The first of them keeps the message waiting, the others come while it goes on. */
    void pass(List<Poller> pollers, int index, List<Step> steps) {
      if (index < pollers.size()) {
        boolean sends = index == 0;
        steps.add(pass(pollers.get(index), sends, new Counts(0, 1, 0, 0, headBytes)));
        if (count > 1) {
          Counts others = new Counts(0, count - 1, 0, 0, bytes - headBytes);
          steps.add(new Step.Beside(pass(pollers.get(index), sends, others), 0));
        }
      }
    }

    private static Step.Pass pass(Poller poller, boolean sends, Counts counts) {
      return new Step.Pass(poller.host(), poller.cpu(), poller.turn().segment(), sends, counts);
    }
  }

  static List<Step> message(Uncontended way, long bytes, boolean coldReceiver) {
    int segmentBytes = way.network.segmentBytes();
    if (way.local()) {
      HostPaths.Local inside = way.sendPaths.local().orElseThrow();
      Counts whole = new Counts(0, 1, 0, 0, bytes);
      List<Step> steps = new ArrayList<>();
      steps.add(new Step.Pass(way.source, way.sendCpu, inside.message().get(0), true, whole));
      steps.add(
          new Step.Pass(way.destination, way.readCpu, inside.message().get(1), false, whole));
      return steps;
    }
    if (way.guests.isPresent()) {
      return GuestSteps.message(way, bytes, coldReceiver);
    }
    if (way.steering.isPresent()) {
      return SteeredSteps.message(way, bytes);
    }
    long frames = Math.ceilDiv(bytes, segmentBytes);
    double pieces = frames > 1 ? frames : 0;
    Counts sent = new Counts(0, 1, frames, pieces, bytes);
    MessageArrival polls = new MessageArrival(way, bytes, frames, coldReceiver);
    Segment reader = way.receivePaths.messageReceive().get(1);
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Pass(way.source, way.sendCpu, way.sendPaths.messageSend(), true, sent));
    Frames data = new Frames(frames, Math.min(bytes, segmentBytes), bytes);
    data.pass(way.pollers, 0, steps);
    boolean oneFrame = frames == 1 && way.pollers.isEmpty();
    long ringPs = oneFrame ? polls.ringPs() : 0;
    steps.add(new Step.Wait(polls.waitPs() - ringPs, true));
    data.pass(way.pollers, 1, steps);
    if (oneFrame) {
      steps.add(new Step.Ring(ringPs));
    }
    steps.add(
        new Step.Pass(
            way.destination,
            way.softirqCpu,
            way.receivePaths.messageReceive().get(0),
            false,
            new Counts(polls.interrupts(), polls.packets(), frames, pieces, bytes)));
    if (polls.acknowledgements() > 0) {
      Counts answers =
          new Counts(0, polls.acknowledgements(), polls.acknowledgements(), 0, 0);
      steps.add(
          new Step.Pass(
              way.destination, way.softirqCpu, way.receivePaths.acknowledgementSend(), true,
              answers));
      steps.add(
          new Step.Beside(
              new Step.Pass(
                  way.source, way.acknowledgementCpu, way.sendPaths.acknowledgementReceive(), false,
                  new Counts(1, polls.acknowledgements(), polls.acknowledgements(), 0, 0)),
              new MessageArrival(way, 1, 1, false).waitPs()));
      for (Poller poller : way.pollersBack) {
        steps.add(new Step.Beside(Frames.pass(poller, false, answers), 0));
      }
    }
    if (polls.readBesideBytes() > 0) {
      Counts early = new Counts(0, 0, 0, 0, polls.readBesideBytes());
      steps.add(
          new Step.Beside(new Step.Pass(way.destination, way.readCpu, reader, false, early), 0));
    }
    Counts last = new Counts(0, 1, frames, pieces, bytes - polls.readBesideBytes());
    steps.add(new Step.Pass(way.destination, way.readCpu, reader, false, last));
    return steps;
  }

  /** SYN there and SYN-ACK back: each is a packet and an interrupt, and nobody reads it. */
  static List<Step> handshake(Uncontended way) {
    if (way.local()) {
      HostPaths.Local inside = way.sendPaths.local().orElseThrow();
      Counts one = new Counts(0, 1, 0, 0, 0);
      Counts others = new Counts(0, HostPaths.LOCAL_CONTROL_FRAMES, 0, 0, 0);
      return List.of(
          new Step.Pass(way.source, way.sendCpu, inside.message().get(0), true, one),
          new Step.Pass(way.source, way.sendCpu, inside.acknowledgement(), true, others));
    }
    if (way.guests.isPresent()) {
      return GuestSteps.handshake(way);
    }
    if (way.steering.isPresent()) {
      return SteeredSteps.handshake(way);
    }
    Counts sent = new Counts(0, 1, 1, 0, 0);
    Counts received = new Counts(1, 1, 1, 0, 0);
    long wayPs = new MessageArrival(way, 1, 1, false).waitPs();
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Pass(way.source, way.sendCpu, way.sendPaths.messageSend(), true, sent));
    Frames.EMPTY.pass(way.pollers, 0, steps);
    steps.add(new Step.Wait(wayPs, true));
    Frames.EMPTY.pass(way.pollers, 1, steps);
    steps.add(
        new Step.Pass(
            way.destination, way.softirqCpu, way.receivePaths.messageReceive().get(0), false,
            received));
    steps.addAll(answer(way));
    return steps;
  }

  /** A frame without data on its way back. */
  static List<Step> answer(Uncontended way) {
    if (way.local()) {
      return List.of();
    }
    if (way.guests.isPresent()) {
      return GuestSteps.answer(way);
    }
    if (way.steering.isPresent()) {
      return SteeredSteps.answer(way);
    }
    Counts one = new Counts(0, 1, 1, 0, 0);
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step.Pass(
            way.destination, way.softirqCpu, way.receivePaths.acknowledgementSend(), true, one));
    Frames.EMPTY.pass(way.pollersBack, 0, steps);
    steps.add(new Step.Wait(new MessageArrival(way, 1, 1, false).waitPs(), false));
    Frames.EMPTY.pass(way.pollersBack, 1, steps);
    steps.add(
        new Step.Pass(
            way.source, way.acknowledgementCpu, way.sendPaths.acknowledgementReceive(), false,
            one));
    return steps;
  }
}
