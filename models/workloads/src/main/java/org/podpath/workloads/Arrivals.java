package org.podpath.workloads;

import org.podpath.engine.kernel.RandomStream;

/**
 * Times between requests: Poisson, or Poisson whose rate switches at random between two values (MMPP-2).
 *
 * <p>Source of the MMPP: W. Fischer, K. Meier-Hellstern, "The Markov-modulated Poisson process cookbook",
 * Performance Evaluation 18, 1993.
 */
final class Arrivals {
  private static final double PS_PER_SECOND = 1e12;

  /** assumption: bursts at 1.75 times the mean rate, pauses at a quarter of it, equally long. */
  private static final double BURST_RATIO = 1.75;

  /** assumption: mean length of a burst and of a pause. */
  private static final double DWELL_SECONDS = 0.05;

  private final RandomStream random;
  private final double meanRate;
  private final boolean bursty;
  private boolean inBurst;
  private double dwellLeftSeconds;

  Arrivals(RandomStream random, double requestsPerSecond, boolean bursty) {
    this.random = random;
    meanRate = requestsPerSecond;
    this.bursty = bursty;
  }

  /** Time to the next request. */
  long gapPs() {
    return Math.round(gapSeconds() * PS_PER_SECOND);
  }

  private double gapSeconds() {
    if (!bursty) {
      return random.exponential(1 / meanRate);
    }
    double gapSeconds = 0;
    while (true) {
      if (dwellLeftSeconds <= 0) {
        inBurst = !inBurst;
        dwellLeftSeconds = random.exponential(DWELL_SECONDS);
      }
      double rate = meanRate * (inBurst ? BURST_RATIO : 2 - BURST_RATIO);
      double nextSeconds = random.exponential(1 / rate);
      if (nextSeconds < dwellLeftSeconds) {
        dwellLeftSeconds -= nextSeconds;
        return gapSeconds + nextSeconds;
      }
      gapSeconds += dwellLeftSeconds;
      dwellLeftSeconds = 0;
    }
  }
}
