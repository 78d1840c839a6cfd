package org.podpath.experiments.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.podpath.experiments.bench.Bench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code podpath bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Times built-in workloads on this machine, each in a process of its own.",
    footer = {"", "Example:", "  podpath bench hold w1 --json"})
final class BenchCommand implements Runnable {
  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..*",
      description = {
          "hold: exponential increments with 1,000, 10,000 and 100,000 pending events.",
          "w1: M/M/1, 5 million customers at load 0.9.",
          "Default: all."
      })
  private List<String> workloads = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public void run() {
    try {
      Bench.run(workloads, json, System.out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before every workload was timed", stopped);
    }
  }
}
