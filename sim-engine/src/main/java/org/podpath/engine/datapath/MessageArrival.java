package org.podpath.engine.datapath;

import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Uncontended.Counts;

/**
 * How the frames of a message arrive and are polled: they follow each other through
 * store-and-forward links, the first raises the interrupt after its moderation, each poll joins
 * what has arrived when it begins, and polls overlap with the frames still on the wire.
 */
final class MessageArrival {
  private final Uncontended way;
  private final Network network;
  private final long bytes;
  private final long frames;
  private long firstPs;
  private long taken;
  private final long gapPs;
  private final long lastGapPs;
  /** Of a frame and of the last one at the sender's virtual function; 0 where it lets all go at once. */
  private long limitedPs;
  private long lastLimitedPs;
  /** What it lets go at once. */
  private long burstPs;
  private double firstPollExtraPs;
  private double firstAnswerExtraPs;
  private long unansweredBytes;
  private long acknowledgements;
  private double workPs;
  private double endPs;
  private double readEndPs;
  private long packets;
  private long interrupts;
  private double readAheadPs;
  private long readBesideBytes;

  MessageArrival(Uncontended way, long bytes, long frames, boolean cold) {
    this.way = way;
    network = way.network;
    this.bytes = bytes;
    this.frames = frames;
    firstPollExtraPs = cold ? coldPs(way.receivePaths.messageReceive().get(0)) : 0;
    firstAnswerExtraPs = cold ? coldPs(way.receivePaths.acknowledgementSend()) : 0;
    long headBytes = Math.min(bytes, network.segmentBytes());
    long tailBytes = bytes - payloadBytes(frames - 1);
    long frameBytes = headBytes + network.frameOverheadBytes();
    long lastBytes = tailBytes + network.frameOverheadBytes();
    double polledPs = way.cardsPs();
    long gapPs = 1;
    long lastGapPs = 1;
    for (Poller poller : way.pollers) {
      polledPs += poller.passPs(headBytes);
      workPs += poller.turn().framePs(headBytes);
      gapPs = Math.max(gapPs, Math.round(poller.turn().framePs(headBytes)));
      lastGapPs = Math.max(lastGapPs, Math.round(poller.turn().framePs(tailBytes)));
    }
    firstPs = Math.round(polledPs);
    for (Link link : way.links) {
      long framePs = Link.serialisationPs(frameBytes, link.bitsPerSecond());
      firstPs += framePs + link.delayPs();
      gapPs = Math.max(gapPs, framePs);
      lastGapPs = Math.max(lastGapPs, Link.serialisationPs(lastBytes, link.bitsPerSecond()));
    }
    this.gapPs = gapPs;
    this.lastGapPs = lastGapPs;
    way.limit().ifPresent(limit -> {
      limitedPs = limit.ps(frameBytes);
      lastLimitedPs = limit.ps(lastBytes);
      burstPs = limit.burstPs(frameBytes);
    });
    pollAll();
  }

  private double coldPs(Segment segment) {
    return segment.on(way.destination, way.softirqCpu).coldExtraPs();
  }

  /** When a frame arrives, counted from 0; the last one may be shorter than the others. */
  private long arrivalPs(long frame) {
    boolean last = frame > 0 && frame == frames - 1;
    long behindPs = last ? (frame - 1) * gapPs + lastGapPs : frame * gapPs;
    long sentPs = frame * limitedPs + (last ? lastLimitedPs : limitedPs);
    return firstPs + Math.max(behindPs, sentPs - burstPs);
  }

  /** Frames that have arrived by then. */
  private long arrivedFrames(double atPs) {
    if (atPs >= arrivalPs(frames - 1)) {
      return frames;
    }
    double most = (atPs - firstPs) / gapPs;
    if (limitedPs > 0) {
      most = Math.min(most, (atPs - firstPs + burstPs) / limitedPs - 1);
    }
    return Math.min(frames - 1, 1 + (long) Math.floor(most));
  }

  /** Polls until every frame is taken. On one core polls go first, and reading fills their pauses. */
  private void pollAll() {
    Interrupts moderated = way.interrupts();
    Segment softirq = way.receivePaths.messageReceive().get(0);
    double hardPs =
        way.busyPs(way.destination, way.softirqCpu, softirq, new Counts(1, 0, 0, 0, 0));
    while (taken < frames) {
      double beginPs = Math.max(endPs, moderated.nextPs(arrivalPs(taken)));
      readAheadPs = Math.max(0, readAheadPs - (beginPs - endPs));
      endPs = beginPs + hardPs;
      workPs += hardPs;
      interrupts++;
      moderated.raised((long) beginPs);
      poll(beginPs);
    }
    if (way.softirqCpu == way.readCpu) {
      readEndPs = endPs + readAheadPs;
    }
  }

  /** Takes frames as long as some wait: each packet goes up the stack when it is whole. */
  private void poll(double beginPs) {
    double atPs = beginPs;
    long polled = 0;
    do {
      polled %= KernelLimits.POLL_FRAMES;
      long most = Math.min(network.joinedSegments(), KernelLimits.POLL_FRAMES - polled);
      long joined = Math.clamp(arrivedFrames(atPs) - taken, 1, most);
      packet(joined);
      polled += joined;
      if (joined < most && taken < frames) {
        return;
      }
      atPs = endPs;
    } while (taken < frames && arrivalPs(taken) <= atPs);
  }

  /** GRO has joined frames; TCP answers where more than one segment is unanswered. */
  private void packet(long joined) {
    long joinedBytes = payloadBytes(taken + joined) - payloadBytes(taken);
    taken += joined;
    packets++;
    unansweredBytes += joinedBytes;
    if (unansweredBytes > network.segmentBytes()) {
      unansweredBytes = 0;
      acknowledgements++;
      answer();
    }
    work(joined, joinedBytes, taken == frames);
  }

  private void work(long joined, long joinedBytes, boolean last) {
    int end = last ? 1 : 0;
    Segment softirq = way.receivePaths.messageReceive().get(0);
    Segment reader = way.receivePaths.messageReceive().get(1);
    Counts counts = new Counts(0, 1, joined, frames > 1 ? joined : 0, joinedBytes);
    double packetPs =
        way.busyPs(way.destination, way.softirqCpu, softirq, counts)
            + firstPollExtraPs / way.cluster.shareRatio(way.destination, way.softirqCpu);
    firstPollExtraPs = 0;
    double readPs =
        way.busyPs(way.destination, way.readCpu, reader, new Counts(0, end, 0, 0, joinedBytes));
    boolean oneCore = way.softirqCpu == way.readCpu;
    workPs += packetPs + (oneCore || last ? readPs : 0);
    endPs += packetPs;
    if (oneCore) {
      readAheadPs += readPs;
    } else {
      readEndPs = Math.max(readEndPs, endPs) + readPs;
      readBesideBytes += last ? 0 : joinedBytes;
    }
  }

  /** The poll also acknowledges what has come. */
  private void answer() {
    Segment segment = way.receivePaths.acknowledgementSend();
    Counts counts = new Counts(0, 1, 1, 0, 0);
    double ps =
        way.busyPs(way.destination, way.softirqCpu, segment, counts)
            + firstAnswerExtraPs / way.cluster.shareRatio(way.destination, way.softirqCpu);
    firstAnswerExtraPs = 0;
    workPs += ps;
    endPs += ps;
  }

  private long payloadBytes(long ofFrames) {
    return Math.min(bytes, ofFrames * network.segmentBytes());
  }

  /** What is left of the time without the work, which stands in the passes. */
  long waitPs() {
    return Math.round(readEndPs - workPs);
  }

  /** What of the wait the first frame lies in the ring, until its interrupt. */
  long ringPs() {
    return way.interrupts().nextPs(arrivalPs(0)) - arrivalPs(0);
  }

  /** Super-packets that GRO makes of the frames. */
  long packets() {
    return packets;
  }

  /** Hard interrupts. */
  long interrupts() {
    return interrupts;
  }

  /** Acknowledgements that polls send. */
  long acknowledgements() {
    return acknowledgements;
  }

  /** Bytes that are read on another core while later frames are polled. */
  long readBesideBytes() {
    return readBesideBytes;
  }
}
