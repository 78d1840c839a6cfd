package org.podpath.experiments.run;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Quantiles of recorded times with their confidence interval, where there are enough samples: at
 * least 100 beyond the quantile.
 *
 * <p>Source of the interval: order statistics, ranks {@code nq ± 1.96 sqrt(nq(1−q))}; H. A. David,
 * H. N. Nagaraja, "Order Statistics", 3rd ed., section 7.1. It holds for independent samples.
 */
final class Quantiles {
  private static final double SAMPLES_BEYOND = 100;
  private static final double NORMAL_95 = 1.96;

  private final Histogram ns;

  Quantiles(Histogram ns) {
    this.ns = ns;
  }

  /** The quantile {@code q}, such as 0.99, in nanoseconds. */
  Optional<Long> at(double q) {
    return enough(q) ? Optional.of(atRank(q * ns.getTotalCount())) : Optional.empty();
  }

  /** Lower end of its 95 % confidence interval. */
  Optional<Long> low(double q) {
    return enough(q) ? Optional.of(atRank(q * ns.getTotalCount() - spread(q))) : Optional.empty();
  }

  /** Upper end of its 95 % confidence interval. */
  Optional<Long> high(double q) {
    return enough(q) ? Optional.of(atRank(q * ns.getTotalCount() + spread(q))) : Optional.empty();
  }

  private boolean enough(double q) {
    return ns.getTotalCount() * (1 - q) >= SAMPLES_BEYOND * (1 - 1e-9);
  }

  private double spread(double q) {
    return NORMAL_95 * Math.sqrt(ns.getTotalCount() * q * (1 - q));
  }

  private long atRank(double rank) {
    double percentile = 100 * Math.min(1, Math.max(0, rank / ns.getTotalCount()));
    return ns.getValueAtPercentile(percentile);
  }
}
