package org.podpath.experiments.run;

import java.util.Optional;
import org.podpath.experiments.scenario.Point;

/**
 * One point of a sweep, played once: with all its jobs, or with one of them alone in the same places.
 *
 * @param id counted from 0 over points, repetitions and jobs alone
 * @param repeat number of the repetition, from 0
 * @param alone name of the only job, such as {@code blue/0}; empty: all of them
 */
public record Run(long id, Point point, int repeat, Optional<String> alone) {

  /** Every random number of the run follows from it; a job alone draws the same as together. */
  public long seed() {
    return point.scenario().seed() + repeat;
  }
}
