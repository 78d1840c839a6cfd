package org.podpath.engine.results;

import org.podpath.engine.cluster.Link;

/**
 * What a link and the port that feeds it did in a window of time.
 *
 * @param sentBytes taken by the port to be sent, with all headers
 * @param mostQueuedBytes most that a frame found waiting
 * @param droppedFrames frames that did not fit
 * @param markedFrames frames marked with congestion experienced
 * @param pausedPs time for which the port was told to wait (PFC), all classes together
 */
public record LinkUse(
    Link link,
    long windowStartPs,
    long windowPs,
    long sentBytes,
    long mostQueuedBytes,
    long droppedFrames,
    long markedFrames,
    long pausedPs) {

  /** What was done since {@code before}, both told of from the start on. */
  public LinkUse since(LinkUse before) {
    return new LinkUse(
        link,
        windowStartPs,
        windowPs,
        sentBytes - before.sentBytes,
        mostQueuedBytes,
        droppedFrames - before.droppedFrames,
        markedFrames - before.markedFrames,
        pausedPs - before.pausedPs);
  }
}
