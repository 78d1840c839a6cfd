package org.podpath.benchmarks;

import java.util.SplittableRandom;

/**
 * Exponential time steps drawn before the clock starts, handed out in a circle: 1 ms on average.
 */
final class Increments {
  private static final double MEAN_PS = 1e9;
  private static final int LENGTH = 1 << 14;

  private final long[] stepsPs = new long[LENGTH];
  private int next;

  Increments() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < LENGTH; i++) {
      stepsPs[i] = 1 + (long) (-MEAN_PS * StrictMath.log(1 - random.nextDouble()));
    }
  }

  /** The next step, in whole picoseconds, at least one. */
  long nextPs() {
    return stepsPs[next++ & LENGTH - 1];
  }
}
