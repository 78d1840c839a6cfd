package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** When requests come that do not wait for replies. */
public enum Arrivals {
  /** Independent of each other. */
  @Explain("At exponentially distributed intervals.") POISSON,

  /** A Poisson process of two rates. */
  @Explain("At two rates by turns: a Markov-modulated Poisson process (MMPP-2).") BURSTY
}
