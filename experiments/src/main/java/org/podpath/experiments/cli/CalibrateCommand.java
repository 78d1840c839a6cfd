package org.podpath.experiments.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.podpath.cni.Profiles;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.calibrate.CalibrateCosts;
import org.podpath.experiments.calibrate.HeldOut;
import org.podpath.experiments.fit.ClosedForm;
import org.podpath.experiments.fit.FitCollectives;
import org.podpath.experiments.run.ThisProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podpath calibrate}. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = "Fits costs of operations to measurements of a machine; or, with a kind of"
        + " measurement, other parameters.",
    subcommands = CalibrateCommand.Collectives.class,
    footer = {
        "",
        "Examples:",
        "  podpath calibrate calibrate.csv --profile linux618 --out my-costs.csv",
        "  podpath calibrate calibrate.csv --without scenario=chain",
        "  podpath calibrate collectives nccl_allreduce.csv",
        "",
        "The file is CSV with the columns scenario, dataplane, rules_or_entries, mtu, offload, size,",
        "metric, unit, median; the file of paths says which way the packets of each row went."
    })
final class CalibrateCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", arity = "0..1", description = "Measured times.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Kind of host that was measured (default: ${DEFAULT-VALUE}); priors are the costs"
          + " for all.")
  private String profile = "linux618";

  @Option(
      names = "--paths",
      paramLabel = "FILE",
      description = "Which path each row took (default: those of network namespaces that come with"
          + " Podpath).")
  private Optional<Path> paths = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE",
      description = "Writes the costs as CSV, for cluster.costs of a scenario.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--residuals", paramLabel = "FILE",
      description = "Writes every row with its errors as CSV.")
  private Optional<Path> residuals = Optional.empty();

  @Option(names = "--without", paramLabel = "COLUMN=VALUE,…",
      description = "Leaves rows out and predicts them; may be repeated.")
  private List<String> without = List.of();

  /** Without a file: which kinds of measurement there are. */
  @Override
  public void run() {
    if (file.isEmpty()) {
      spec.commandLine().usage(spec.commandLine().getOut());
      return;
    }
    if (!Profiles.names().contains(profile)) {
      throw new WrongInput("--profile " + profile + ": no such profile; write one of "
          + Profiles.names());
    }
    List<HeldOut> held = without.stream().map(HeldOut::of).toList();
    CalibrateCosts calibration =
        new CalibrateCosts(file.get(), paths.orElseGet(ThisProgram::namespacePaths), profile);
    PrintWriter to = spec.commandLine().getOut();
    if (held.isEmpty()) {
      calibration.print(out, to);
      residuals.ifPresent(calibration::writeResiduals);
    }
    for (int i = 0; i < held.size(); i++) {
      to.append(i == 0 ? "" : "\n");
      calibration.printPredictions(held.get(i), to);
    }
    to.flush();
  }

  /** {@code podpath calibrate collectives}. */
  @Command(
      name = "collectives",
      mixinStandardHelpOptions = true,
      description = "Fits step time and rate of each link to two sizes, predicts the others.",
      footer = {
          "",
          "Example:",
          "  podpath calibrate collectives nccl_allreduce.csv --algorithm tree",
          "",
          "The file is CSV with the columns platform, system, scenario, metric, unit, value;",
          "metric 'time', scenario such as 'all_reduce nodes=2 ranks=8 size_bytes=4'."
      })
  static final class Collectives implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "Measured times.")
    private Path file;

    @Option(
        names = "--algorithm",
        paramLabel = "ring|tree",
        description = "Closed form of an all-reduce (default: ring).")
    private ClosedForm algorithm = ClosedForm.RING;

    @Override
    public void run() {
      FitCollectives.print(file, algorithm, spec.commandLine().getOut());
      spec.commandLine().getOut().flush();
    }
  }
}
