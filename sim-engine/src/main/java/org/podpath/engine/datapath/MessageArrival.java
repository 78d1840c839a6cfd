package org.podpath.engine.datapath;

import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Uncontended.Counts;

/**
 * How the frames of a message arrive and are polled: they follow each other through
 * store-and-forward links, the first raises the interrupt after its moderation, each poll joins
 * what has arrived when it begins, and polls overlap with the frames still on the wire.
 */
final class MessageArrival {
  private static final double ROUNDING = 1e-9;

  /** RFC 5681 section 4.2: every second full segment is acknowledged. */
  private static final int SEGMENTS_PER_ANSWER = 2;

  private final Uncontended way;
  private final Network network;
  private final long bytes;
  private final long frames;
  private long firstPs;
  private final long gapPs;
  private final long lastGapPs;
  private double firstPollExtraPs;
  private double firstAnswerExtraPs;
  private long unansweredBytes;
  private long acknowledgements;
  private double workPs;
  private double endPs;
  private double readEndPs;
  private long packets;
  private long readBesideBytes;
  private double readBesidePs;

  MessageArrival(Uncontended way, long bytes, long frames, boolean cold) {
    this.way = way;
    network = way.network;
    this.bytes = bytes;
    this.frames = frames;
    firstPollExtraPs = cold ? way.receivePaths.messageReceive().get(0).coldExtraPs() : 0;
    firstAnswerExtraPs = cold ? way.receivePaths.acknowledgementSend().coldExtraPs() : 0;
    long frameBytes = Math.min(bytes, network.segmentBytes()) + network.frameOverheadBytes();
    long lastBytes = bytes - payloadBytes(frames - 1) + network.frameOverheadBytes();
    firstPs = network.cni().send().delayPs() + network.cni().receive().delayPs();
    long gapPs = 1;
    long lastGapPs = 1;
    for (Link link : way.links) {
      long framePs = Link.serialisationPs(frameBytes, link.bitsPerSecond());
      firstPs += framePs + link.delayPs();
      gapPs = Math.max(gapPs, framePs);
      lastGapPs = Math.max(lastGapPs, Link.serialisationPs(lastBytes, link.bitsPerSecond()));
    }
    this.gapPs = gapPs;
    this.lastGapPs = lastGapPs;
    poll();
  }

  /** When a frame arrives, counted from 0; the last one may be shorter than the others. */
  private long arrivalPs(long frame) {
    return frame > 0 && frame == frames - 1
        ? firstPs + (frame - 1) * gapPs + lastGapPs
        : firstPs + frame * gapPs;
  }

  /** Frames that have arrived when the last poll ends. */
  private long arrivedFrames() {
    if (endPs >= arrivalPs(frames - 1)) {
      return frames;
    }
    return Math.min(frames - 1, 1 + (long) Math.floor((endPs - firstPs) / gapPs));
  }

  /** Polls until every frame is taken. */
  private void poll() {
    long moderationPs = network.cni().receive().moderationPs();
    long taken = 0;
    double packetCredit = 0;
    endPs = firstPs + (double) moderationPs;
    while (taken < frames) {
      long arrived = arrivedFrames();
      if (arrived == taken) {
        endPs = arrivalPs(taken) + (double) moderationPs;
        continue;
      }
      long joinedBytes =
          network.stack().receivedPacketBytes(network.segmentBytes(), arrived - taken);
      long polledBytes = payloadBytes(arrived) - payloadBytes(taken);
      packetCredit += polledBytes / (double) joinedBytes;
      long closed = (long) (packetCredit + ROUNDING);
      packetCredit -= closed;
      boolean last = arrived == frames;
      closed += last && packetCredit > ROUNDING ? 1 : 0;
      packets += closed;
      unansweredBytes += polledBytes;
      boolean answers =
          !last && unansweredBytes >= (long) SEGMENTS_PER_ANSWER * network.segmentBytes();
      unansweredBytes = answers ? 0 : unansweredBytes;
      acknowledgements += answers ? 1 : 0;
      work(arrived - taken, closed, polledBytes, last);
      if (answers) {
        answer();
      }
      taken = arrived;
    }
  }

  private void work(long polled, long closed, long polledBytes, boolean last) {
    int end = last ? 1 : 0;
    Segment softirq = way.receivePaths.messageReceive().get(0);
    Segment reader = way.receivePaths.messageReceive().get(1);
    Counts counts = new Counts(end, closed, polled, frames > 1 ? polled : 0, polledBytes);
    double pollPs =
        way.busyPs(way.destination, way.softirqCpu, softirq, counts)
            + firstPollExtraPs / way.cluster.shareRatio(way.destination, way.softirqCpu);
    firstPollExtraPs = closed > 0 ? 0 : firstPollExtraPs;
    double readPs =
        way.busyPs(way.destination, way.readCpu, reader, new Counts(0, end, 0, 0, polledBytes));
    boolean oneCore = way.softirqCpu == way.readCpu;
    workPs += pollPs + (oneCore || last ? readPs : 0);
    endPs += pollPs + (oneCore ? readPs : 0);
    readEndPs = oneCore ? endPs : Math.max(readEndPs, endPs) + readPs;
    readBesideBytes += oneCore || last ? 0 : polledBytes;
    readBesidePs += oneCore || last ? 0 : readPs;
  }

  /** The poll also acknowledges what has come. */
  private void answer() {
    Segment segment = way.receivePaths.acknowledgementSend();
    Counts one = new Counts(0, 1, 1, 0, 0);
    double ps =
        way.busyPs(way.destination, way.softirqCpu, segment, one)
            + firstAnswerExtraPs / way.cluster.shareRatio(way.destination, way.softirqCpu);
    firstAnswerExtraPs = 0;
    workPs += ps;
    endPs += ps;
    readEndPs = Math.max(readEndPs, endPs);
  }

  private long payloadBytes(long ofFrames) {
    return Math.min(bytes, ofFrames * network.segmentBytes());
  }

  /** What is left of the time without the work, which stands in the passes. */
  long waitPs() {
    return Math.round(readEndPs - workPs);
  }

  /** Super-packets that GRO makes of the frames. */
  long packets() {
    return packets;
  }

  /** Acknowledgements that leave before the last frame has come. */
  long acknowledgements() {
    return acknowledgements;
  }

  /** Bytes that are read on another core while later frames are polled. */
  long readBesideBytes() {
    return readBesideBytes;
  }

  /** How long that reading takes; acknowledgements leave after it. */
  long readBesidePs() {
    return Math.round(readBesidePs);
  }
}
