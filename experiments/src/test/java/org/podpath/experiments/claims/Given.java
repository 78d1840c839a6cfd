package org.podpath.experiments.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.podpath.experiments.run.Measurement;
import org.podpath.experiments.run.Metric;
import org.podpath.experiments.run.Outcome;
import org.podpath.experiments.scenario.Point;

/** Predictions for tests: transaction times of networks, in the case {@code request}. */
final class Given {
  /** The case that all predictions belong to. */
  static final Map<String, String> REQUEST = Map.of("case", "request");

  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();

  /** Repetitions of the network's point gave {@code timesUs}. */
  Given predicted(String network, Double... timesUs) {
    Point point = new Point(outcomes.size(), at(network), null, null);
    outcomes.add(new Outcome(point, "bench/0", Metric.TRANSACTION, false, List.of(timesUs)));
    return this;
  }

  /** From {@code lowUs} to {@code highUs} was published for the network. */
  Given published(String network, double lowUs, double highUs) {
    measurements.add(
        new Measurement(
            at(network),
            Metric.TRANSACTION,
            OptionalDouble.empty(),
            OptionalDouble.of(lowUs),
            OptionalDouble.of(highUs),
            "somebody 2020",
            "nothing"));
    return this;
  }

  /** How {@code check} comes out. */
  List<Part> parts(Check check) {
    return check.parts(new Predictions(outcomes, measurements));
  }

  /** Which parts of {@code check} hold. */
  List<Boolean> holding(Check check) {
    return parts(check).stream().map(Part::holds).toList();
  }

  /** The point of a network. */
  static Map<String, String> at(String network) {
    Map<String, String> params = new LinkedHashMap<>(REQUEST);
    params.put("cni", network);
    return params;
  }
}
