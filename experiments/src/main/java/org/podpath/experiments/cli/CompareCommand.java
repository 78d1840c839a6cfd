package org.podpath.experiments.cli;

import java.nio.file.Path;
import org.podpath.experiments.tables.Compare;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podpath compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
        "Puts two results of one scenario side by side, such as those of the two engines:",
        "flows by size, requests, collectives, steps, links and cores; mean, p50 and p99",
        "of each, how far B is from A, and the run in which it is farthest.",
        ""
    },
    footer = {
        "",
        "A quantile needs a sample beyond it: p99 is left out below 100 samples.",
        "",
        "Example:",
        "  podpath run SCENARIO --engine packet --out results/packet",
        "  podpath run SCENARIO --engine flow --out results/flow",
        "  podpath compare results/packet results/flow"
    })
final class CompareCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR_A", description = "Results to compare with.")
  private Path a;

  @Parameters(index = "1", paramLabel = "DIR_B", description = "Results that are compared.")
  private Path b;

  @Override
  public void run() {
    Compare.run(a, b, spec.commandLine().getOut());
    spec.commandLine().getOut().flush();
  }
}
