package org.podpath.experiments.claims;

import java.util.List;

/** A comparison of predictions with something published, under the key of its kind. */
public sealed interface Check
    permits AllPairsReduced, Classes, InBand, Linear, Ordered, RatioAtLeast {

  /** The numbers that it compares, each of one point of the experiment. */
  List<Statistic> statistics();

  /** How each of its comparisons comes out, at least one. */
  List<Part> parts(Predictions predictions);
}
