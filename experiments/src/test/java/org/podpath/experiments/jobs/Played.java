package org.podpath.experiments.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.experiments.run.JobLog;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.run.RunResult;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.ScenarioReader;

/** A run of a scenario that was written as text. */
record Played(RunResult result) {
  private static final int THREADS = 2;

  /** Latency of a stream and time of a byte more, in picoseconds, with nobody beside it. */
  record Way(double latencyPs, double psPerByte) {
    /** Time of a stream. */
    double ps(double bytes) {
      return latencyPs + bytes * psPerByte;
    }
  }

  static Experiment experiment(Path folder, String text, String... overrides) {
    try {
      Path file = Files.writeString(folder.resolve("x.yaml"), text);
      return ScenarioReader.read(file, List.of(overrides), RunExperiment.names());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All runs of a scenario, those of jobs alone among them. */
  static List<Played> all(Path folder, String text, String... overrides) {
    List<Played> runs = new ArrayList<>();
    RunExperiment.play(
        experiment(folder, text, overrides), THREADS, result -> runs.add(of(result)));
    return runs;
  }

  /** The first run of a scenario. */
  static Played first(Path folder, String text, String... overrides) {
    return all(folder, text, overrides).getFirst();
  }

  private static Played of(RunResult result) {
    if (result.status().equals(RunResult.FAILED) || result.status().equals(RunResult.STUCK)) {
      throw new AssertionError(result.status() + ": " + result.message().orElse(""));
    }
    return new Played(result);
  }

  /**
   * The way from one host to another, from what two streams of different length would take alone.
   *
   * @param opening of a scenario: all but its placement, its tenants and its engine
   */
  static Way way(Path folder, String opening) {
    String text = opening + """
        placement: {a: host0, b: host1}
        tenants: {probe: {jobs: [stream: {from: a, to: b, bytes: 50MB},
          stream: {from: a, to: b, bytes: 100MB}]}}
        """;
    List<FinishedFlow> flows =
        first(folder, text, "engine=flow").result.report()
            .flows()
            .stream()
            .sorted((a, b) -> Long.compare(a.deliveredBytes(), b.deliveredBytes()))
            .toList();
    double psPerByte = (flows.get(1).idealPs() - flows.get(0).idealPs()) / 50e6;
    return new Way(flows.get(0).idealPs() - 50e6 * psPerByte, psPerByte);
  }

  /** What the job called {@code name} did. */
  JobLog job(String name) {
    return result.jobs()
        .stream()
        .filter(log -> log.spec().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no job " + name));
  }

  /** Mean time of the steps of the job called {@code name}, without the first {@code warmUp}. */
  double stepPs(String name, int warmUp) {
    return job(name).steps()
        .stream()
        .skip(warmUp)
        .mapToLong(step -> step.endPs() - step.startPs())
        .average()
        .orElseThrow();
  }
}
