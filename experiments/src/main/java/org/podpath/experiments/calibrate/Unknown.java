package org.podpath.experiments.calibrate;

/**
 * A number to be fitted, and what is believed of it before.
 *
 * @param prior the likeliest value
 * @param low two standard deviations below
 * @param high two standard deviations above
 */
record Unknown(String name, double prior, double low, double high) {
  Unknown {
    if (!(prior >= 0 && low < high && Double.isFinite(high))) {
      throw new IllegalArgumentException(
          name + " cannot be fitted: " + prior + " between " + low + " and " + high);
    }
  }

  double rangeWidth() {
    return high - low;
  }
}
