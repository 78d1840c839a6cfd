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

  private final Uncontended way;
  private final Network network;
  private final long bytes;
  private final long frames;
  private double firstPollExtraPs;
  private double workPs;
  private double endPs;
  private double readEndPs;
  private long packets;
  private long readBesideBytes;

  MessageArrival(Uncontended way, long bytes, long frames, boolean cold) {
    this.way = way;
    network = way.network;
    this.bytes = bytes;
    this.frames = frames;
    firstPollExtraPs = cold ? way.receivePaths.messageReceive().get(0).coldExtraPs() : 0;
    long frameBytes = Math.min(bytes, network.segmentBytes()) + network.frameOverheadBytes();
    long firstPs = network.cni().send().delayPs() + network.cni().receive().delayPs();
    long gapPs = 1;
    for (Link link : way.links) {
      long framePs = Link.serialisationPs(frameBytes, link.bitsPerSecond());
      firstPs += framePs + link.delayPs();
      gapPs = Math.max(gapPs, framePs);
    }
    poll(firstPs, gapPs);
  }

  /**
   * Polls until every frame is taken.
   *
   * @param firstPs when the first frame arrives
   * @param gapPs between two frames
   */
  private void poll(long firstPs, long gapPs) {
    long moderationPs = network.cni().receive().moderationPs();
    long taken = 0;
    double packetCredit = 0;
    endPs = firstPs + (double) moderationPs;
    while (taken < frames) {
      long arrived = Math.min(frames, 1 + (long) Math.floor((endPs - firstPs) / gapPs));
      if (arrived == taken) {
        endPs = firstPs + (double) taken * gapPs + moderationPs;
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
      work(arrived - taken, closed, polledBytes, last);
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

  /** Bytes that are read on another core while later frames are polled. */
  long readBesideBytes() {
    return readBesideBytes;
  }
}
