package org.podpath.engine.flow;

import org.podpath.engine.results.Recorder;

/**
 * What rates decide and what decides rates: what of datagrams passes one place and comes to the next,
 * what pods leave each other of a CPU, what streams take that find cores cold or get a part of a link.
 * Rates are solved until all of it agrees with them.
 */
final class Feedback {
  /** By then rates have gone through the longest way of datagrams. */
  private static final int UNDAMPED_TIMES = 16;

  /** assumption: what still changes then goes back and forth. */
  private static final int UNDAMPED_COSTS = 4;

  private static final double DAMPED_RATIO = 0.5;

  /** assumption: damped by a half, a difference is below what counts long before. */
  static final int MOST_TIMES = 100;

  private final DatagramFlows datagrams = new DatagramFlows();
  private final CpuShares shares;
  private final StreamsByRate byRate = new StreamsByRate();
  private final int mostTimes;
  private boolean unsettled;

  /**
   * Nothing goes yet.
   *
   * @param mostTimes after which rates are taken as they are, whether all agrees or not
   */
  Feedback(Resources resources, int mostTimes) {
    shares = new CpuShares(resources);
    this.mostTimes = mostTimes;
  }

  /** Datagrams, in the order in which they came. */
  DatagramFlows datagrams() {
    return datagrams;
  }

  /** Something comes that shares. */
  void began(Use use) {
    shares.began(use);
  }

  /** Something goes. */
  void ended(Use use) {
    shares.ended(use);
  }

  /** Rates have been solved. */
  void solved(StreamRates rates) {
    byRate.solved(rates);
  }

  /** Solves again until nothing changes any more. */
  void settle(StreamRates rates) {
    byRate.begin();
    int times = 0;
    while (follow(rates, times++)) {
      if (times == mostTimes) {
        unsettled = true;
        return;
      }
    }
  }

  /** Each looks at a solution: what the one before it has changed has no rate until it is solved. */
  private boolean follow(StreamRates rates, int times) {
    double newRatio = times < UNDAMPED_TIMES ? 1 : DAMPED_RATIO;
    double newCostRatio = times < UNDAMPED_COSTS ? 1 : DAMPED_RATIO;
    boolean passesOther = datagrams.follow(rates, newRatio);
    rates.solve(passesOther);
    boolean limitsOthers = shares.follow(rates, newRatio);
    rates.solve(limitsOthers);
    boolean takesOther = byRate.follow(rates, newCostRatio);
    rates.solve(takesOther);
    return passesOther || limitsOthers || takesOther;
  }

  /** Tells what the numbers do not hold for. */
  void report(Recorder recorder) {
    if (unsettled) {
      recorder.outsideValidity(
          "rates, and what streams take at these, still changed after "
              + mostTimes + " times, so quantiles are left out");
    }
  }
}
