package org.podpath.engine.datapath;

import org.podpath.engine.cluster.Link;

/**
 * When the frames of a message come, counted from the first of them leaving: one after the other through
 * links that store and forward.
 */
final class FrameTimes {
  private final long frames;
  private final long firstPs;
  private final long gapPs;
  private final long lastGapPs;

  FrameTimes(Uncontended way, long bytes, long frames) {
    this.frames = frames;
    Network network = way.network;
    long segmentBytes = network.segmentBytes();
    long headBytes = Math.min(bytes, segmentBytes) + network.frameOverheadBytes();
    long tailBytes =
        bytes - Math.min(bytes, (frames - 1) * segmentBytes) + network.frameOverheadBytes();
    long firstPs = way.cardsPs();
    long gapPs = 1;
    long lastGapPs = 1;
    for (Link link : way.links) {
      long framePs = Link.serialisationPs(headBytes, link.bitsPerSecond());
      firstPs += framePs + link.delayPs();
      gapPs = Math.max(gapPs, framePs);
      lastGapPs = Math.max(lastGapPs, Link.serialisationPs(tailBytes, link.bitsPerSecond()));
    }
    this.firstPs = firstPs;
    this.gapPs = gapPs;
    this.lastGapPs = lastGapPs;
  }

  /** Of a frame, from 0 on; the last one may be shorter than the others. */
  long arrivalPs(long frame) {
    return frame > 0 && frame == frames - 1
        ? firstPs + (frame - 1) * gapPs + lastGapPs
        : firstPs + frame * gapPs;
  }

  /** Frames that have come by then, of which {@code taken} had before. */
  long arrivedFrames(long taken, double atPs) {
    long arrived = taken;
    while (arrived < frames && arrivalPs(arrived) <= atPs) {
      arrived++;
    }
    return arrived;
  }
}
