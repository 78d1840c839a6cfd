package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class QuantilesTest {

  /** 100 samples have to lie beyond: the median needs 200, the 99th percentile 10,000. */
  @Test
  void aQuantileWithTooFewSamplesIsLeftOut() {
    assertThat(new Quantiles(upTo(199)).at(0.5)).isEmpty();
    assertThat(new Quantiles(upTo(200)).at(0.5)).contains(100L);
    assertThat(new Quantiles(upTo(9_999)).at(0.99)).isEmpty();
    assertThat(new Quantiles(upTo(10_000)).at(0.99)).isPresent();
  }

  /** Ranks 9,900 ± 1.96 sqrt(10,000 · 0.99 · 0.01) = 9,900 ± 19.5; the histogram keeps 3 digits. */
  @Test
  void theIntervalFollowsOrderStatistics() {
    Quantiles quantiles = new Quantiles(upTo(10_000));

    assertThat(quantiles.low(0.99).orElseThrow()).isBetween(9_870L, 9_890L);
    assertThat(quantiles.high(0.99).orElseThrow()).isBetween(9_910L, 9_930L);
  }

  private static Histogram upTo(int samples) {
    Histogram histogram = new Histogram(3);
    for (int i = 1; i <= samples; i++) {
      histogram.recordValue(i);
    }
    return histogram;
  }
}
