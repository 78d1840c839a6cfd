package org.podpath.experiments.run;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * A published or measured number that a prediction stands beside: a value, or a range.
 *
 * @param where the values of the sweep's axes that it holds for
 * @param source where it can be found
 * @param fitted what of the model was fitted to it; {@code nothing} if it is a test
 */
public record Measurement(
    Map<String, String> where,
    Metric metric,
    OptionalDouble value,
    OptionalDouble low,
    OptionalDouble high,
    String source,
    String fitted) {

  /** Whether {@code outcome} is the prediction of it. */
  public boolean isOf(Outcome outcome) {
    return metric == outcome.metric()
        && !outcome.alone()
        && where.entrySet()
            .stream()
            .allMatch(axis -> axis.getValue().equals(outcome.params().get(axis.getKey())));
  }

  /** Whether {@code predicted} lies in the range, ends included. */
  public boolean contains(double predicted) {
    return predicted >= low.orElse(Double.NEGATIVE_INFINITY)
        && predicted <= high.orElse(Double.POSITIVE_INFINITY);
  }

  /** How far {@code predicted} is off the value, in percent of it. */
  public OptionalDouble errorPercent(double predicted) {
    return value.isPresent()
        ? OptionalDouble.of(100 * (predicted / value.getAsDouble() - 1))
        : OptionalDouble.empty();
  }
}
