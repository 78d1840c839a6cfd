package org.podpath.experiments.run;

import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.results.RunReport;

/**
 * What came out of a run.
 *
 * @param cluster what existed; empty if the run failed before it was built
 * @param ending ok, or how to read the numbers
 * @param simulatedPs when it ended
 * @param packetHops frames delivered over a link; empty for the flow engine
 * @param cost what it took to compute
 * @param summary its outcomes, once {@link #summarised} has put them in place of jobs and report
 */
public record RunResult(
    Run run,
    Optional<Cluster> cluster,
    List<JobLog> jobs,
    RunReport report,
    Ending ending,
    long simulatedPs,
    long events,
    Optional<Long> packetHops,
    Cost cost,
    Optional<List<Outcome>> summary) {
  /** Everything went as it should. */
  public static final String OK = "ok";

  /** The run threw. */
  public static final String FAILED = "failed";

  /** Parts lie outside what the engine models. */
  public static final String OUTSIDE_VALIDITY = "outside validity";

  /** Ports waited for each other, or nothing was left to happen and jobs were not done. */
  public static final String STUCK = "stuck";

  /** Time and memory that the computer needed for a run. */
  public record Cost(long wallNs, Optional<Long> cpuNs, Optional<Long> allocatedBytes) {
    static final Cost UNKNOWN = new Cost(0, Optional.empty(), Optional.empty());
  }

  /** A run that threw: nothing is known but why. */
  static RunResult failed(Run run, RunReport report, RuntimeException failure) {
    return new RunResult(
        run,
        Optional.empty(),
        List.of(),
        report,
        Ending.failed(failure.toString()),
        0,
        0,
        Optional.empty(),
        Cost.UNKNOWN,
        Optional.empty());
  }

  /** The same with what it took to compute. */
  RunResult withCost(Cost known) {
    return new RunResult(
        run, cluster, jobs, report, ending, simulatedPs, events, packetHops, known, summary);
  }

  /**
   * The same without jobs and report, of which {@link Outcome#of} still knows the outcomes: thousands
   * of runs fit into memory like this.
   */
  public RunResult summarised() {
    return new RunResult(
        run, cluster, List.of(), new RunReport(), ending, simulatedPs, events, packetHops, cost,
        Optional.of(Outcome.of(List.of(this))));
  }

  /** Ok, or how to read the numbers. */
  public String status() {
    return ending.status();
  }

  /** Why, if the status is not ok, and what should be known beside it; empty if nothing is. */
  public Optional<String> message() {
    return ending.message();
  }

  /** Whether the numbers can be read as they are. */
  public boolean ok() {
    return status().equals(OK);
  }
}
