package org.podpath.engine.datapath;

import org.podpath.engine.datapath.Uncontended.Counts;

/**
 * How the frames of a message arrive where packets are steered: one core polls and joins them, and another
 * takes what was joined up the stack, one packet after the other, while the first goes on. What both do for
 * earlier packets costs no time but for the waiting of later ones.
 */
final class SteeredArrival {
  private final Uncontended way;
  private final Steering steering;
  private final Network network;
  private final long bytes;
  private final long frames;
  private final FrameTimes times;
  private final Segment softirq;
  private final Segment reader;
  private final boolean oneCore;
  private long taken;
  private double pollPs;
  private double stackPs;
  private double readAheadPs;
  private double readEndPs;
  private double workPs;
  private double lastPollPs;
  private long unansweredBytes;
  private long packets;
  private long interrupts;
  private long stackInterrupts;
  private long acknowledgements;
  private boolean answersLast;
  private long lastFrames;
  private long lastBytes;

  SteeredArrival(Uncontended way, long bytes, long frames) {
    this.way = way;
    this.bytes = bytes;
    this.frames = frames;
    steering = way.steering.orElseThrow();
    network = way.network;
    softirq = way.receivePaths.messageReceive().get(0);
    reader = way.receivePaths.messageReceive().get(1);
    oneCore = way.softirqCpu == way.readCpu;
    times = new FrameTimes(way, bytes, frames);
    Interrupts moderated = new Interrupts(way.destination.profile(), network.receive());
    while (taken < frames) {
      double beginPs = Math.max(pollPs, moderated.nextPs(times.arrivalPs(taken)));
      moderated.raised((long) beginPs);
      interrupts++;
      lastPollPs = pollingPs(new Counts(1, 0, 0, 0, 0));
      pollPs = beginPs + lastPollPs;
      poll(beginPs);
    }
    readEndPs = oneCore ? stackPs + readAheadPs : readEndPs;
  }

  /** Takes frames as long as some wait: each packet is steered when it is whole. */
  private void poll(double beginPs) {
    double nowPs = beginPs;
    long polled = 0;
    boolean whole;
    do {
      polled %= KernelLimits.POLL_FRAMES;
      long most = Math.min(network.joinedSegments(), KernelLimits.POLL_FRAMES - polled);
      long joined = Math.clamp(times.arrivedFrames(taken, nowPs) - taken, 1, most);
      packet(joined);
      polled += joined;
      whole = joined == most || taken == frames;
      nowPs = pollPs;
    } while (whole && taken < frames && times.arrivalPs(taken) <= nowPs);
  }

  private void packet(long joined) {
    long joinedBytes = payloadBytes(taken + joined) - payloadBytes(taken);
    taken += joined;
    packets++;
    lastFrames = joined;
    lastBytes = joinedBytes;
    double ps = pollingPs(new Counts(0, 1, joined, frames > 1 ? joined : 0, joinedBytes));
    pollPs += ps;
    boolean last = taken == frames;
    workPs += last ? ps + (packets == 1 ? lastPollPs : 0) : 0;
    goUp(joinedBytes, last);
  }

  /** The core it is steered to has it; one that is idle is interrupted. */
  private void goUp(long packetBytes, boolean last) {
    double ps = 0;
    if (pollPs > stackPs) {
      readAheadPs = Math.max(0, readAheadPs - (pollPs - stackPs));
      stackPs = pollPs;
      stackInterrupts++;
      ps += stackPs(new Counts(1, 0, 0, 0, 0));
    }
    double interruptPs = ps;
    ps += stackPs(new Counts(0, 1, 1, 0, packetBytes));
    unansweredBytes += packetBytes;
    answersLast = unansweredBytes > network.segmentBytes();
    if (answersLast) {
      unansweredBytes = 0;
      acknowledgements++;
      ps +=
          way.busyPs(
              way.destination, way.softirqCpu, way.receivePaths.acknowledgementSend(),
              new Counts(0, 1, 1, 0, 0));
    }
    stackPs += ps;
    double readPs =
        way.busyPs(
            way.destination, way.readCpu, reader, new Counts(0, last ? 1 : 0, 0, 0, packetBytes));
    workPs += last ? ps - (packets == 1 ? 0 : interruptPs) : 0;
    workPs += oneCore || last ? readPs : 0;
    if (oneCore) {
      readAheadPs += readPs;
    } else {
      readEndPs = Math.max(readEndPs, stackPs) + readPs;
    }
  }

  private double pollingPs(Counts counts) {
    return way.busyPs(steering.host(), steering.cpu(), steering.receive(), counts);
  }

  private double stackPs(Counts counts) {
    return way.busyPs(way.destination, way.softirqCpu, softirq, counts);
  }

  private long payloadBytes(long ofFrames) {
    return Math.min(bytes, ofFrames * network.segmentBytes());
  }

  /** What is left of the time without what both cores do for the last packet, and the reader. */
  long waitPs() {
    return Math.max(0, Math.round(readEndPs - workPs));
  }

  /** What the polling core does before the last packet. */
  Counts polledBefore() {
    double pieces = frames > 1 ? frames - lastFrames : 0;
    return packets == 1
        ? new Counts(0, 0, 0, 0, 0)
        : new Counts(interrupts, packets - 1, frames - lastFrames, pieces, bytes - lastBytes);
  }

  /** What it does for that one. */
  Counts polledLast() {
    return new Counts(
        packets == 1 ? interrupts : 0, 1, lastFrames, frames > 1 ? lastFrames : 0, lastBytes);
  }

  /** What the other core does before the last packet. */
  Counts takenBefore() {
    return packets == 1
        ? new Counts(0, 0, 0, 0, 0)
        : new Counts(stackInterrupts, packets - 1, packets - 1, 0, bytes - lastBytes);
  }

  /** What it does for that one. */
  Counts takenLast() {
    return new Counts(packets == 1 ? stackInterrupts : 0, 1, 1, 0, lastBytes);
  }

  /** Acknowledgements of packets before the last one. */
  long acknowledgementsBefore() {
    return acknowledgements - acknowledgementsLast();
  }

  /** Those of the last packet: one or none. */
  long acknowledgementsLast() {
    return answersLast ? 1 : 0;
  }

  /** Bytes that are read on another core while later packets are taken. */
  long readBesideBytes() {
    return oneCore ? 0 : bytes - lastBytes;
  }
}
