package org.podpath.experiments.run;

import org.podpath.experiments.scenario.Point;

/**
 * One point of a sweep, played once.
 *
 * @param id counted from 0 over points and repetitions
 * @param repeat number of the repetition, from 0
 */
public record Run(long id, Point point, int repeat) {

  /** Every random number of the run follows from it. */
  public long seed() {
    return point.scenario().seed() + repeat;
  }
}
