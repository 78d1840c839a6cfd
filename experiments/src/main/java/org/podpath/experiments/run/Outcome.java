package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.podpath.experiments.scenario.Point;

/**
 * One metric of one job at one point of a sweep, over all repetitions.
 *
 * @param alone whether the job had the cluster to itself although the scenario has others
 * @param samples one for each repetition that gave a value, at least one
 * @param flaws how those repetitions ended whose runs or jobs did not end as they should
 */
public record Outcome(
    Point point, String job, Metric metric, boolean alone, List<Double> samples,
    List<String> flaws) {
  public Outcome {
    samples = List.copyOf(samples);
    flaws = List.copyOf(flaws);
  }

  /** Of runs that ended as they should. */
  public Outcome(Point point, String job, Metric metric, boolean alone, List<Double> samples) {
    this(point, job, metric, alone, samples, List.of());
  }

  private record Key(int point, String job, Metric metric, boolean alone) {}

  /** The outcomes of {@code results}, in their order. */
  public static List<Outcome> of(List<RunResult> results) {
    LinkedHashMap<Key, Outcome> outcomes = new LinkedHashMap<>();
    for (RunResult result : results) {
      for (Outcome one : result.summary().orElseGet(() -> ofOne(result))) {
        Key key = new Key(one.point.index(), one.job, one.metric, one.alone);
        outcomes.merge(key, one, Outcome::and);
      }
    }
    return List.copyOf(outcomes.values());
  }

  private static List<Outcome> ofOne(RunResult result) {
    Point point = result.run().point();
    boolean alone = result.run().alone().isPresent();
    List<Outcome> outcomes = new ArrayList<>();
    for (JobLog job : result.jobs()) {
      String name = job.spec().name();
      List<String> flaws = flaw(result, job).map(List::of).orElse(List.of());
      JobMetrics.of(result, job)
          .forEach(
              (metric, value) -> outcomes.add(
                  new Outcome(point, name, metric, alone, List.of(value), flaws)));
    }
    return outcomes;
  }

  private Outcome and(Outcome more) {
    List<Double> all = new ArrayList<>(samples);
    all.addAll(more.samples);
    List<String> allFlaws = new ArrayList<>(flaws);
    allFlaws.addAll(more.flaws);
    return new Outcome(point, job, metric, alone, all, allFlaws);
  }

  private static Optional<String> flaw(RunResult result, JobLog job) {
    if (!result.ok()) {
      return Optional.of(result.status());
    }
    boolean left = job.donePs() < 0 && job.spec().job().ends();
    return left ? Optional.of("unfinished") : Optional.empty();
  }

  /** How runs ended that did not end as they should, and how many of how many; empty if all did. */
  public Optional<String> flaw() {
    if (flaws.isEmpty()) {
      return Optional.empty();
    }
    String kinds = String.join(", ", flaws.stream().distinct().toList());
    return Optional.of(
        flaws.size() == samples.size() ? kinds
            : flaws.size() + " of " + samples.size() + " " + kinds);
  }

  /** The middle of the repetitions. */
  public double median() {
    double[] sorted = values();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * Half the width of the 95 % confidence interval of the mean by Student's t; 0 for one
   * repetition.
   */
  public double halfWidth() {
    int n = samples.size();
    if (n < 2) {
      return 0;
    }
    double t = new TDistribution(n - 1.0).inverseCumulativeProbability(0.975);
    return t * Math.sqrt(StatUtils.variance(values()) / n);
  }

  /** What the sweep set for this point. */
  public Map<String, String> params() {
    return point.params();
  }

  private double[] values() {
    return samples.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
