package org.podpath.engine.datapath;

import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Uncontended.Step;

/**
 * A stream that waits for its window: a window is sent, at most a burst of it before anything is received,
 * and the next when that has been read and answered.
 *
 * <p>Limits: bursts of a window behind the first are taken to pass beside it, and nothing else to be under
 * way; windows between one and two bursts (64 to 128 KiB) come out up to a tenth too fast.
 */
final class WindowedStream {
  private static final double PS_PER_SECOND = 1e12;

  private WindowedStream() {}

  /** Time of a byte where nothing else limits the stream. */
  static double secondsPerByte(Uncontended way) {
    long windowBytes = way.network.transport().windowBytes();
    if (way.local() || way.network.isFree() || way.ofCards()) {
      return way.roundTripSeconds() / windowBytes;
    }
    long burst = Math.min(windowBytes, way.burstBytes());
    double tripPs = way.messagePs(burst) + way.messagePs(1);
    double bulkPs = tripPs + way.bulkExtraPs();
    boolean bulk = staysInBulk(way, burst, bulkPs);
    return (bulk ? bulkPs : tripPs) / PS_PER_SECOND / windowBytes;
  }

  /**
   * Whether an adaptive card stays in bulk: streams begin with a burst, so that it is. An interrupt is due
   * or polls go on for its timer and the poll of the window, which comes meanwhile.
   *
   * @param tripPs of a window where it is in bulk
   */
  private static boolean staysInBulk(Uncontended way, long burst, double tripPs) {
    long timerPs = way.network.receive().moderationPs();
    double busyRatio = (HostProfile.BULK_MODERATION_PS + pollPs(way, burst)) / tripPs;
    return Interrupts.inBulk(
        way.destination().profile(), timerPs, busyRatio, way.network.segmentBytes());
  }

  private static double pollPs(Uncontended way, long burst) {
    for (Step step : way.messageSteps(burst, false)) {
      if (step instanceof Step.Pass pass
          && !pass.sends()
          && pass.host().id() == way.destination().id()) {
        return way.passPs(pass, 0, false) * way.network.transport().windowBytes() / burst;
      }
    }
    return 0;
  }
}
