package org.podpath.experiments.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.Measurement;
import org.podpath.experiments.run.Measurements;
import org.podpath.experiments.run.Progress;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.run.RunResult;
import org.podpath.experiments.run.SaveExperiment;
import org.podpath.experiments.run.Summary;
import org.podpath.experiments.run.ThisProgram;
import org.podpath.experiments.run.TraceFile;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.ScenarioReader;
import org.podpath.experiments.tables.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podpath run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs a scenario, sweep or not: prints a short table and writes result tables.",
    footer = {
        "",
        "Example:",
        "  podpath run experiments/scenarios/cni-comparison.yaml --engine flow --set cni=cilium"
    })
final class RunCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "SCENARIO", description = "Scenario file (YAML).")
  private Path scenario;

  @Option(names = "--out", paramLabel = "DIR",
      description = "Where results go (default: results/<experiment>).")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--force", description = "Replace results that are there already.")
  private boolean force;

  @Option(names = "--engine", paramLabel = "packet|flow",
      description = "Engine, instead of the scenario's.")
  private Optional<String> engine = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Seed, instead of the scenario's.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "path=value",
      description = "A parameter, instead of the scenario's; the name of an axis narrows the sweep to one value.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--jobs", paramLabel = "N",
      description = "Runs side by side (default: all cores).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write what happens in the only run, event by event, in words.")
  private Optional<Path> trace = Optional.empty();

  @Option(names = {"-q", "--quiet"}, description = "Say nothing but the table.")
  private boolean quiet;

  @Override
  public Integer call() {
    if (jobs < 1) {
      throw new WrongInput("--jobs " + jobs + ": no run can take place; write 1 or more");
    }
    Experiment experiment = ScenarioReader.read(scenario, overrides(), RunExperiment.names());
    RunExperiment.check(experiment);
    List<Measurement> measurements = Measurements.of(experiment);
    int runs = RunExperiment.runs(experiment).size();
    if (trace.isPresent() && runs != 1) {
      throw new WrongInput(
          "--trace " + trace.get() + ": a trace is of one run, these are " + runs
              + "; narrow the sweep with --set axis=value and --set repeat=1");
    }
    Path folder = out.orElse(Path.of("results", experiment.name()));
    List<RunResult> results = play(experiment, folder, runs);
    PrintWriter console = spec.commandLine().getOut();
    Summary.print(results, measurements, console);
    console.flush();
    say(results.size() + " runs of " + experiment.points().size() + " points are in " + folder
        + "; look with: podpath query " + folder + " \"FROM runs\"");
    return complain(results);
  }

  private List<RunResult> play(Experiment experiment, Path folder, int runs) {
    List<RunResult> results = new ArrayList<>();
    Progress progress = new Progress(runs, quiet ? null : spec.commandLine().getErr());
    Dataset.Origin origin = new Dataset.Origin(experiment.text(), ThisProgram.currentVersion());
    try (Dataset dataset = Dataset.create(folder, force, origin);
        TraceFile file = TraceFile.open(trace)) {
      SaveExperiment save = new SaveExperiment(experiment, dataset);
      RunExperiment.play(
          experiment,
          jobs,
          file.trace(),
          result -> {
            save.accept(result);
            results.add(result);
            progress.oneMore();
          });
      dataset.commit();
    }
    return results;
  }

  private List<String> overrides() {
    List<String> overrides = new ArrayList<>(settings);
    engine.ifPresent(name -> overrides.add("engine=" + name));
    seed.ifPresent(number -> overrides.add("seed=" + number));
    return overrides;
  }

  private int complain(List<RunResult> results) {
    boolean failed = false;
    for (RunResult result : results) {
      failed |= result.status().equals(RunResult.FAILED) || result.status().equals(RunResult.STUCK);
    }
    results.stream()
        .filter(result -> result.message().isPresent())
        .map(result -> (result.ok() ? "note" : result.status()) + ": " + result.message().get())
        .distinct()
        .forEach(line -> spec.commandLine().getErr().println(line));
    return failed ? Podpath.FAILED : 0;
  }

  private void say(String line) {
    if (!quiet) {
      spec.commandLine().getErr().println(line);
    }
  }
}
