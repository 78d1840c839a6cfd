package org.podpath.experiments.claims;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.Measurement;
import org.podpath.experiments.run.Measurements;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.run.RunResult;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.Point;
import org.podpath.experiments.scenario.ScenarioReader;

/** An experiment on one host profile, for the claims that it predicts. */
final class Trial {
  private final Experiment experiment;
  private final List<Measurement> measurements;

  private Trial(Experiment experiment) {
    this.experiment = experiment;
    this.measurements = Measurements.of(experiment);
  }

  /**
   * The experiment of a scenario file.
   *
   * @param overrides values instead of the scenario's, each {@code path=value}
   * @throws WrongInput with every fault found
   */
  static Trial read(Path file, List<String> overrides) {
    Experiment experiment = ScenarioReader.read(file, overrides, RunExperiment.names());
    RunExperiment.check(experiment);
    return new Trial(experiment);
  }

  /** The host profile of the experiment. */
  String profile() {
    return experiment.points().getFirst().scenario().cluster().profile();
  }

  /** How many runs it takes. */
  int runs() {
    return RunExperiment.runs(experiment).size();
  }

  /** What of {@code claim} the experiment cannot predict; each line says what to write. */
  List<String> faults(Claim claim) {
    List<String> faults = new ArrayList<>();
    for (Statistic statistic : claim.statistics()) {
      List<Point> points = experiment.points()
          .stream()
          .filter(point -> statistic.isAt(point.params()))
          .toList();
      if (points.size() != 1) {
        faults.add(
            claim.id() + ": " + statistic.at() + " is at " + points.size() + " points of "
                + experiment.name() + "; write values of " + axes() + " that are at one");
      } else if (jobs(points.getFirst()) != 1) {
        faults.add(
            claim.id() + ": " + statistic.at() + " has " + jobs(points.getFirst())
                + " jobs; write a point that has one");
      }
    }
    for (Check check : claim.checks()) {
      if (check instanceof InBand band
          && Predictions.range(measurements, band.statistics().getFirst()).isEmpty()) {
        faults.add(
            claim.id() + ": no range of " + band.metric().id() + " is published for " + band.at()
                + "; write low and high in " + measuredFile());
      }
    }
    return faults;
  }

  private Iterable<String> axes() {
    return experiment.points().getFirst().params().keySet();
  }

  private String measuredFile() {
    return experiment.points()
        .getFirst()
        .scenario()
        .measured()
        .orElse("a file named under 'measured' of " + experiment.name());
  }

  private static int jobs(Point point) {
    return point.scenario().tenants().values().stream().mapToInt(t -> t.jobs().size()).sum();
  }

  /**
   * Plays every run.
   *
   * @param threads that play runs side by side
   * @param oneMore told after each run
   */
  List<RunResult> play(int threads, Runnable oneMore) {
    List<RunResult> results = new ArrayList<>();
    RunExperiment.play(experiment, threads, result -> {
      results.add(result.summarised());
      oneMore.run();
    });
    return results;
  }

  /** What {@code results} of this trial predict. */
  Predictions predictions(List<RunResult> results) {
    return Predictions.of(results, measurements);
  }
}
