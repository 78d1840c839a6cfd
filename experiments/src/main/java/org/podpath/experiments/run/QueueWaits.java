package org.podpath.experiments.run;

import java.util.Set;
import org.podpath.engine.results.QueueUse;

/**
 * For how long frames wait in the receive queues of some hosts, as played and in closed form: means over
 * the frames, in picoseconds.
 *
 * <p>The closed form is that of Poisson arrivals at rate λ with services of one length S, where a queue
 * that was quiet begins to be served after D (moderation and interrupt, the mean of the run): {@code ρ S
 * / 2(1 − ρ) + (2 D + λ D²) / 2(1 + λ D)} with ρ = λ S. Sources: L. Kleinrock, "Queueing Systems",
 * volume 1, section 5.6; P. D. Welch, Operations Research 12, 1964.
 *
 * @param waitPs as played
 * @param md1Ps in closed form
 */
record QueueWaits(double waitPs, double md1Ps) {

  /**
   * Of all queues of {@code hosts} in {@code result}; NaN where no frame came. Where rings drop, senders
   * wait for time outs and their frames do not come at random: there is no closed form.
   */
  static QueueWaits of(RunResult result, Set<Integer> hosts) {
    double frames = 0;
    double waitedPs = 0;
    double md1Ps = 0;
    for (QueueUse use : result.report().queues()) {
      if (hosts.contains(use.host()) && use.frames() > 0) {
        frames += use.frames();
        waitedPs += use.waitedPs();
        md1Ps += use.frames() * md1Ps(use, result.simulatedPs());
      }
    }
    return new QueueWaits(waitedPs / frames, md1Ps / frames);
  }

  private static double md1Ps(QueueUse use, double elapsedPs) {
    double perPs = use.frames() / elapsedPs;
    double busyRatio = use.busyPs() / elapsedPs;
    double servicePs = (double) use.busyPs() / use.frames();
    double quietPs = use.interrupts() == 0 ? 0 : (double) use.interruptedPs() / use.interrupts();
    if (use.dropped() > 0) {
      return Double.NaN;
    }
    return busyRatio * servicePs / (2 * (1 - busyRatio))
        + (2 * quietPs + perPs * quietPs * quietPs) / (2 * (1 + perPs * quietPs));
  }
}
