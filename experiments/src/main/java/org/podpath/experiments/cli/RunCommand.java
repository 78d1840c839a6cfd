package org.podpath.experiments.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.Measurement;
import org.podpath.experiments.run.Measurements;
import org.podpath.experiments.run.Onlookers;
import org.podpath.experiments.run.Progress;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.run.RunResult;
import org.podpath.experiments.run.SaveExperiment;
import org.podpath.experiments.run.Summary;
import org.podpath.experiments.run.ThisProgram;
import org.podpath.experiments.run.TraceFile;
import org.podpath.experiments.scenario.EngineKind;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.ScenarioReader;
import org.podpath.experiments.tables.Dataset;
import org.podpath.experiments.timeline.Timeline;
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

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      description = "Write steps and transfers of the first run as a Chrome trace, to open in Perfetto.")
  private Optional<Path> timeline = Optional.empty();

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
    checkTraces(experiment, runs);
    Path folder = out.orElse(Path.of("results", experiment.name()));
    List<RunResult> results = play(experiment, folder, runs);
    PrintWriter console = spec.commandLine().getOut();
    Summary.print(results, measurements, console);
    console.flush();
    say(count(results.size(), "run") + " of " + count(experiment.points().size(), "point")
        + " in " + folder + "; look with: podpath query " + folder + " \"FROM runs\"");
    return complain(results);
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void checkTraces(Experiment experiment, int runs) {
    boolean oneRun = runs == 1 || RunExperiment.runs(experiment).get(1).alone().isPresent();
    if (trace.isPresent() && !oneRun) {
      throw new WrongInput(
          "--trace " + trace.get() + ": a trace is of one run, these are " + runs
              + "; narrow the sweep with --set axis=value and --set repeat=1");
    }
    if (timeline.isPresent() && experiment.points().size() > 1) {
      throw new WrongInput(
          "--timeline " + timeline.get() + ": a timeline is of one run, these are " + runs
              + "; narrow the sweep with --set axis=value");
    }
    EngineKind kind = experiment.points().getFirst().scenario().engine();
    if (trace.isPresent() && kind == EngineKind.FLOW) {
      throw new WrongInput(
          "--trace " + trace.get() + ": the flow engine plays no packets; write --engine packet");
    }
  }

  private List<RunResult> play(Experiment experiment, Path folder, int runs) {
    List<RunResult> results = new ArrayList<>();
    Dataset.Origin origin =
        new Dataset.Origin(
            experiment.text(), experiment.besides(), ThisProgram.currentVersion());
    try (Dataset dataset = Dataset.create(folder, force, origin);
        TraceFile traceFile = trace.map(file -> TraceFile.open(file, force)).orElse(null);
        Timeline timelineFile = timeline.map(Timeline::open).orElse(null);
        Progress progress = new Progress(runs, quiet ? null : spec.commandLine().getErr())) {
      SaveExperiment save = new SaveExperiment(experiment, dataset);
      RunExperiment.play(
          experiment,
          jobs,
          new Onlookers(
              traceFile == null ? Optional.empty() : traceFile.trace(),
              Optional.ofNullable(timelineFile),
              Optional.of(dataset.folder())),
          result -> {
            save.accept(result);
            results.add(result.summarised());
            progress.oneMore();
          });
      save.finish();
      dataset.commit();
    } catch (UncheckedIOException unwritable) {
      throw new WrongInput(unwritable.getMessage());
    }
    return results;
  }

  private List<String> overrides() {
    List<String> overrides = new ArrayList<>(settings);
    engine.ifPresent(name -> overrides.add("engine=" + name));
    seed.ifPresent(number -> overrides.add("seed=" + number));
    return overrides;
  }

  /** One line for each thing that the user should know, with the number of runs it holds for. */
  private int complain(List<RunResult> results) {
    boolean failed = false;
    Map<String, Integer> runsOf = new LinkedHashMap<>();
    for (RunResult result : results) {
      String status = result.status();
      failed |= status.equals(RunResult.FAILED) || status.equals(RunResult.STUCK);
      result.ending()
          .causes()
          .forEach(cause -> runsOf.merge(status + ": " + cause, 1, Integer::sum));
      result.ending().notes().forEach(note -> runsOf.merge("note: " + note, 1, Integer::sum));
    }
    runsOf.forEach(
        (line, runs) -> spec.commandLine()
            .getErr()
            .println(line + " (" + runs + " of " + count(results.size(), "run") + ")"));
    return failed ? Podpath.FAILED : 0;
  }

  private void say(String line) {
    if (!quiet) {
      spec.commandLine().getErr().println(line);
    }
  }
}
