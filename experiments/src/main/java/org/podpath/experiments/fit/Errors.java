package org.podpath.experiments.fit;

import java.util.List;

/**
 * How far predictions are off.
 *
 * @param medianRatio median of the errors without their sign
 * @param maxRatio largest of them
 * @param tooShort predictions below what was measured
 */
record Errors(int predictions, double medianRatio, double maxRatio, long tooShort) {
  /**
   * Of {@code predictions}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Errors of(List<Prediction> predictions) {
    if (predictions.isEmpty()) {
      throw new IllegalArgumentException("no predictions have no errors");
    }
    double[] sizes =
        predictions.stream().mapToDouble(p -> Math.abs(p.errorRatio())).sorted().toArray();
    int half = sizes.length / 2;
    double median = sizes.length % 2 == 1 ? sizes[half] : (sizes[half - 1] + sizes[half]) / 2;
    long tooShort = predictions.stream().filter(p -> p.errorRatio() < 0).count();
    return new Errors(sizes.length, median, sizes[sizes.length - 1], tooShort);
  }
}
