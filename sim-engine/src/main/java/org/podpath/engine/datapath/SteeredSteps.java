package org.podpath.engine.datapath;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Step;

/** What messages meet where packets are steered, one after the other. */
final class SteeredSteps {
  private static final Counts ONE = new Counts(0, 1, 1, 0, 0);
  private static final Counts INTERRUPTED = new Counts(1, 1, 1, 0, 0);

  private SteeredSteps() {}

  static List<Step> message(Uncontended way, long bytes) {
    long frames = Math.ceilDiv(bytes, way.network.segmentBytes());
    double pieces = frames > 1 ? frames : 0;
    SteeredArrival arrival = new SteeredArrival(way, bytes, frames);
    List<Step> steps = new ArrayList<>();
    Counts sent = new Counts(0, 1, frames, pieces, bytes);
    steps.add(new Step.Pass(way.source, way.sendCpu, way.sendPaths.messageSend(), true, sent));
    steps.add(new Step.Wait(arrival.waitPs(), true));
    beside(polls(way.steering.orElseThrow(), arrival.polledBefore()), steps);
    steps.add(polls(way.steering.orElseThrow(), arrival.polledLast()));
    beside(takes(way, arrival.takenBefore()), steps);
    steps.add(takes(way, arrival.takenLast()));
    acknowledge(way, arrival, steps);
    if (arrival.readBesideBytes() > 0) {
      beside(reads(way, new Counts(0, 0, 0, 0, arrival.readBesideBytes())), steps);
    }
    steps.add(reads(way, new Counts(0, 1, frames, pieces, bytes - arrival.readBesideBytes())));
    return steps;
  }

  private static void beside(Step.Pass pass, List<Step> steps) {
    Counts counts = pass.counts();
    if (counts.packets() > 0 || counts.bytes() > 0) {
      steps.add(new Step.Beside(pass, 0));
    }
  }

  /** The message goes on while its acknowledgements travel. */
  private static void acknowledge(Uncontended way, SteeredArrival arrival, List<Step> steps) {
    long before = arrival.acknowledgementsBefore();
    long last = arrival.acknowledgementsLast();
    if (before > 0) {
      steps.add(new Step.Beside(answers(way, new Counts(0, before, before, 0, 0)), 0));
    }
    if (last > 0) {
      steps.add(answers(way, ONE));
    }
    if (before + last > 0) {
      long laterPs = wayPs(way);
      Counts heard = new Counts(1, before + last, before + last, 0, 0);
      steps.add(new Step.Beside(polls(way.steeringBack.orElseThrow(), heard), laterPs));
      steps.add(new Step.Beside(hears(way, heard), laterPs));
    }
  }

  static List<Step> handshake(Uncontended way) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Pass(way.source, way.sendCpu, way.sendPaths.messageSend(), true, ONE));
    steps.add(new Step.Wait(wayPs(way), true));
    steps.add(polls(way.steering.orElseThrow(), INTERRUPTED));
    steps.add(takes(way, INTERRUPTED));
    steps.addAll(answer(way));
    return steps;
  }

  static List<Step> answer(Uncontended way) {
    return List.of(
        answers(way, ONE),
        new Step.Wait(wayPs(way), false),
        polls(way.steeringBack.orElseThrow(), INTERRUPTED),
        hears(way, INTERRUPTED));
  }

  private static long wayPs(Uncontended way) {
    return new SteeredArrival(way, 1, 1).waitPs();
  }

  private static Step.Pass polls(Steering at, Counts counts) {
    return new Step.Pass(at.host(), at.cpu(), at.receive(), false, counts);
  }

  private static Step.Pass takes(Uncontended way, Counts counts) {
    return new Step.Pass(
        way.destination, way.softirqCpu, way.receivePaths.messageReceive().get(0), false, counts);
  }

  private static Step.Pass reads(Uncontended way, Counts counts) {
    return new Step.Pass(
        way.destination, way.readCpu, way.receivePaths.messageReceive().get(1), false, counts);
  }

  private static Step.Pass answers(Uncontended way, Counts counts) {
    return new Step.Pass(
        way.destination, way.softirqCpu, way.receivePaths.acknowledgementSend(), true, counts);
  }

  private static Step.Pass hears(Uncontended way, Counts counts) {
    return new Step.Pass(
        way.source, way.acknowledgementCpu, way.sendPaths.acknowledgementReceive(), false, counts);
  }
}
