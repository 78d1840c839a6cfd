package org.podpath.experiments.claims;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.podpath.experiments.run.Measurement;
import org.podpath.experiments.run.Outcome;
import org.podpath.experiments.run.RunResult;

/**
 * What an experiment gave, and what was published of it.
 *
 * @param outcomes of the points where every run went well
 */
public record Predictions(List<Outcome> outcomes, List<Measurement> measurements) {

  public Predictions {
    outcomes = List.copyOf(outcomes);
    measurements = List.copyOf(measurements);
  }

  /** The predictions of {@code results}; a point with a run that is not ok has none. */
  static Predictions of(List<RunResult> results, List<Measurement> measurements) {
    Set<Integer> spoilt = results.stream()
        .filter(result -> !result.ok())
        .map(result -> result.run().point().index())
        .collect(Collectors.toSet());
    return new Predictions(
        Outcome.of(
            results.stream()
                .filter(result -> !spoilt.contains(result.run().point().index()))
                .toList()),
        measurements);
  }

  /** The value of {@code statistic}; not a number if there is none, so that no comparison holds. */
  double median(Statistic statistic) {
    List<Outcome> all = outcomes.stream()
        .filter(outcome -> outcome.metric() == statistic.metric() && !outcome.alone())
        .filter(outcome -> statistic.isAt(outcome.params()))
        .toList();
    if (all.size() > 1) {
      throw new IllegalStateException(statistic + " is not one number but " + all.size());
    }
    return all.isEmpty() ? Double.NaN : all.getFirst().median();
  }

  /** The values of {@code statistics}, in their order. */
  double[] medians(List<Statistic> statistics) {
    return statistics.stream().mapToDouble(this::median).toArray();
  }

  /** The range that was published for {@code statistic}. */
  Optional<Measurement> range(Statistic statistic) {
    return range(measurements, statistic);
  }

  /** The range among {@code measurements} that was published for {@code statistic}. */
  static Optional<Measurement> range(List<Measurement> measurements, Statistic statistic) {
    return measurements.stream()
        .filter(row -> row.metric() == statistic.metric())
        .filter(row -> row.low().isPresent() && row.high().isPresent())
        .filter(row -> row.where().equals(statistic.at()))
        .findFirst();
  }
}
