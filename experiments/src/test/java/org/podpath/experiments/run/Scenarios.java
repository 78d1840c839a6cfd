package org.podpath.experiments.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.ScenarioReader;

/** Scenarios for tests: those that come with Podpath, and small ones as text. */
final class Scenarios {
  private Scenarios() {}

  static Experiment named(String name, String... overrides) {
    Path file = Path.of("scenarios", name + ".yaml");
    return ScenarioReader.read(file, List.of(overrides), RunExperiment.names());
  }

  static Experiment ofText(Path folder, String text, String... overrides) {
    try {
      Path file = Files.writeString(folder.resolve("x.yaml"), text);
      return ScenarioReader.read(file, List.of(overrides), RunExperiment.names());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<RunResult> play(Experiment experiment) {
    List<RunResult> results = new ArrayList<>();
    RunExperiment.play(experiment, 2, results::add);
    return results;
  }

  static List<Outcome> outcomes(Experiment experiment) {
    return Outcome.of(play(experiment));
  }

  /** The value of {@code metric} of one run, of the first job that has it. */
  static double value(RunResult result, Metric metric) {
    return Outcome.of(List.of(result))
        .stream()
        .filter(outcome -> outcome.metric() == metric)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + metric))
        .median();
  }

  /** The value of {@code metric} where the sweep's axes have {@code params}, in their order. */
  static double value(List<Outcome> outcomes, Metric metric, String... params) {
    return outcomes.stream()
        .filter(o -> o.metric() == metric && !o.alone())
        .filter(o -> List.copyOf(o.params().values()).equals(List.of(params)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + metric + " at " + List.of(params)))
        .median();
  }
}
