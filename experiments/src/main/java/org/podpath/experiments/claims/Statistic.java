package org.podpath.experiments.claims;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.podpath.experiments.run.Metric;

/**
 * A number that an experiment gives: the median of a metric over the repetitions of one point.
 *
 * @param at the values of axes that only this point has
 */
public record Statistic(Metric metric, Map<String, String> at) {

  public Statistic {
    at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
  }

  /** The same at {@code value} of one more axis. */
  Statistic and(String axis, String value) {
    Map<String, String> more = new LinkedHashMap<>(at);
    more.put(axis, value);
    return new Statistic(metric, more);
  }

  /** This at each of some values of an axis, in their order. */
  List<Statistic> along(String axis, List<String> values) {
    return values.stream().map(value -> and(axis, value)).toList();
  }

  /** Whether a point that the sweep gave {@code params} is the one meant. */
  boolean isAt(Map<String, String> params) {
    return at.entrySet()
        .stream()
        .allMatch(axis -> axis.getValue().equals(params.get(axis.getKey())));
  }

  /**
   * A value of the metric, rounded as is usual for it, without its unit; a question mark for none.
   */
  String number(double value) {
    return Double.isNaN(value)
        ? "?"
        : BigDecimal.valueOf(value)
            .setScale(metric.decimals(), RoundingMode.HALF_UP)
            .toPlainString();
  }

  /** How two values of the metric compare: {@code 9.84 > 8.97 Gb/s}. */
  String compared(double left, double right) {
    String sign = left < right ? "<" : left > right ? ">" : left == right ? "=" : "and";
    return numbers(" " + sign + " ", left, right);
  }

  /** Values of the metric, with their unit after the last. */
  String numbers(String between, double... values) {
    return DoubleStream.of(values).mapToObj(this::number).collect(Collectors.joining(between))
        + " " + metric.unit();
  }
}
