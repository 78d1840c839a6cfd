package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** How the compute time of a rank differs from step to step. */
public enum Variation {
  /** Not at all. */
  @Explain("Every step takes a rank the same time.") NONE,

  /** Exponentially distributed. */
  @Explain("Exponentially distributed, independent for each rank and step.") EXPONENTIAL
}
