package org.podpath.experiments.cli;

import java.nio.file.Path;
import org.podpath.experiments.fit.ClosedForm;
import org.podpath.experiments.fit.FitCollectives;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podpath calibrate}. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = "Fits parameters to measurements and predicts the others.",
    subcommands = CalibrateCommand.Collectives.class,
    footer = {"", "Example:", "  podpath calibrate collectives nccl_allreduce.csv"})
final class CalibrateCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  /** Without a kind of measurement: which there are. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
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
