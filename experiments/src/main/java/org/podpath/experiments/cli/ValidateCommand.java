package org.podpath.experiments.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.Measurements;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.ScenarioReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podpath validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks scenario files without running them.",
    footer = {"", "Example:", "  podpath validate experiments/scenarios/*.yaml"})
final class ValidateCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenario files.")
  private List<Path> files = new ArrayList<>();

  @Override
  public void run() {
    List<String> faults = new ArrayList<>();
    for (Path file : files) {
      try {
        Experiment experiment = ScenarioReader.read(file, List.of(), RunExperiment.names());
        RunExperiment.check(experiment);
        Measurements.of(experiment);
        spec.commandLine()
            .getOut()
            .println(
                file + ": " + experiment.points().size() + " points, "
                    + RunExperiment.runs(experiment).size() + " runs");
      } catch (WrongInput wrong) {
        faults.addAll(wrong.lines());
      }
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }
}
