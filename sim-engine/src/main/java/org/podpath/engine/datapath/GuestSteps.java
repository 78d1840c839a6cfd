package org.podpath.engine.datapath;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Step;

/** What messages meet between two guests, one after the other. */
final class GuestSteps {
  private static final Counts ONE = new Counts(0, 1, 1, 0, 0);
  private static final Counts INTERRUPTED = new Counts(1, 1, 1, 0, 0);

  private GuestSteps() {}

  static List<Step> message(Uncontended way, long bytes, boolean coldReceiver) {
    Guests hosts = way.guests.orElseThrow();
    long frames = Math.ceilDiv(bytes, way.network.segmentBytes());
    double pieces = frames > 1 ? frames : 0;
    GuestArrival polls = new GuestArrival(way, hosts, bytes, frames, coldReceiver);
    List<Step> steps = new ArrayList<>();
    Counts sent = new Counts(0, 1, frames, pieces, bytes);
    steps.add(new Step.Pass(way.source, way.sendCpu, way.sendPaths.messageSend(), true, sent));
    steps.add(hosts.sends(sent));
    steps.add(new Step.Wait(polls.waitPs(), true));
    long packets = polls.packets();
    steps.add(hosts.takes(new Counts(polls.interrupts(), packets, frames, pieces, bytes)));
    if (packets > 1) {
      long earlierBytes = bytes - polls.lastBytes();
      steps.add(
          new Step.Beside(
              hosts.delivers(new Counts(0, packets - 1, packets - 1, 0, earlierBytes)), 0));
    }
    steps.add(hosts.delivers(new Counts(0, 1, 1, 0, polls.lastBytes())));
    steps.add(
        softirq(way, new Counts(polls.guestInterrupts(), packets, packets, 0, bytes)));
    if (polls.acknowledgements() > 0) {
      acknowledge(way, polls.acknowledgements(), steps);
    }
    if (polls.readBesideBytes() > 0) {
      Counts early = new Counts(0, 0, 0, 0, polls.readBesideBytes());
      steps.add(new Step.Beside(reads(way, early), 0));
    }
    steps.add(reads(way, new Counts(0, 1, frames, pieces, bytes - polls.readBesideBytes())));
    return steps;
  }

  /** The message goes on while its acknowledgements travel. */
  private static void acknowledge(Uncontended way, long count, List<Step> steps) {
    Guests back = way.guestsBack.orElseThrow();
    Counts answers = new Counts(0, count, count, 0, 0);
    Counts taken = new Counts(1, count, count, 0, 0);
    long laterPs = new GuestArrival(way, way.guests.orElseThrow(), 1, 1, false).waitPs();
    steps.add(
        new Step.Pass(
            way.destination, way.softirqCpu, way.receivePaths.acknowledgementSend(), true,
            answers));
    steps.add(new Step.Beside(back.sends(answers), 0));
    steps.add(new Step.Beside(back.takes(taken), laterPs));
    steps.add(new Step.Beside(back.delivers(answers), laterPs));
    steps.add(new Step.Beside(hears(way, taken), laterPs));
  }

  static List<Step> handshake(Uncontended way) {
    Guests hosts = way.guests.orElseThrow();
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Pass(way.source, way.sendCpu, way.sendPaths.messageSend(), true, ONE));
    steps.add(hosts.sends(ONE));
    steps.add(new Step.Wait(wayPs(way), true));
    steps.add(hosts.takes(INTERRUPTED));
    steps.add(hosts.delivers(ONE));
    steps.add(softirq(way, INTERRUPTED));
    steps.addAll(answer(way));
    return steps;
  }

  static List<Step> answer(Uncontended way) {
    Guests back = way.guestsBack.orElseThrow();
    return List.of(
        new Step.Pass(
            way.destination, way.softirqCpu, way.receivePaths.acknowledgementSend(), true, ONE),
        back.sends(ONE),
        new Step.Wait(wayPs(way), false),
        back.takes(INTERRUPTED),
        back.delivers(ONE),
        hears(way, INTERRUPTED));
  }

  private static long wayPs(Uncontended way) {
    return new GuestArrival(way, way.guests.orElseThrow(), 1, 1, false).waitPs();
  }

  private static Step.Pass softirq(Uncontended way, Counts counts) {
    return new Step.Pass(
        way.destination, way.softirqCpu, way.receivePaths.messageReceive().get(0), false, counts);
  }

  private static Step.Pass reads(Uncontended way, Counts counts) {
    return new Step.Pass(
        way.destination, way.readCpu, way.receivePaths.messageReceive().get(1), false, counts);
  }

  private static Step.Pass hears(Uncontended way, Counts counts) {
    return new Step.Pass(
        way.source, way.acknowledgementCpu, way.sendPaths.acknowledgementReceive(), false, counts);
  }
}
