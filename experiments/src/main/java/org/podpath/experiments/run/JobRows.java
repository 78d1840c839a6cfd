package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.podpath.experiments.scenario.Job;
import org.podpath.experiments.scenario.Serve;
import org.podpath.experiments.scenario.Train;
import org.podpath.experiments.tables.CollectiveRow;
import org.podpath.experiments.tables.JobRow;
import org.podpath.experiments.tables.RequestRow;
import org.podpath.experiments.tables.StepRow;
import org.podpath.workloads.CollectiveOperation;
import org.podpath.workloads.JobObserver;

/** The rows that the jobs of a run give, and what sharing did to each. */
final class JobRows {
  private static final long PS_PER_NS = 1000;

  private final RunResult result;
  private final List<RunResult> alone;

  /**
   * The rows of {@code result}.
   *
   * @param alone runs of its jobs alone; empty where it has one job or is such a run itself
   */
  JobRows(RunResult result, List<RunResult> alone) {
    this.result = result;
    this.alone = alone;
  }

  List<Record> rows() {
    List<Record> rows = new ArrayList<>();
    List<JobLog> logs = result.jobs().stream().filter(this::wanted).toList();
    logs.forEach(log -> rows.add(job(log)));
    logs.forEach(log -> log.steps().forEach(step -> rows.add(step(log, step))));
    logs.forEach(log -> log.collectives().forEach(done -> rows.add(collective(log, done))));
    logs.forEach(log -> log.requests().forEach(request -> rows.add(request(log, request))));
    return rows;
  }

  private boolean wanted(JobLog log) {
    return result.run().alone().map(log.spec().name()::equals).orElse(true);
  }

  private JobRow job(JobLog log) {
    long endPs = log.donePs() >= 0 ? log.donePs() : result.simulatedPs();
    boolean computes =
        log.spec().job() instanceof Train && log.startPs() >= 0 && endPs > log.startPs();
    return new JobRow(
        result.run().id(),
        log.spec().tenant(),
        log.spec().name(),
        log.spec().kind(),
        result.run().point().scenario().network().name(),
        null,
        ns(log.submitPs()),
        log.startPs() >= 0 ? ns(log.startPs()) : null,
        log.donePs() >= 0 ? ns(log.donePs()) : null,
        log.pendingReason().orElse(null),
        log.spec().ranks().orElse(null),
        log.spec().job() instanceof Train ? log.steps().size() : null,
        slowdown(log).orElse(null),
        computes
            ? log.computedPs() / (double) (endPs - log.startPs()) / log.spec().ranks().orElseThrow()
            : null,
        null);
  }

  /** Together over alone: mean step time, p99 of requests, or completion time. */
  private Optional<Double> slowdown(JobLog log) {
    if (result.run().alone().isPresent() || log.pendingReason().isPresent()) {
      return Optional.empty();
    }
    if (alone.isEmpty()) {
      return Optional.of(1.0);
    }
    return alone.stream()
        .filter(other -> other.run().alone().orElseThrow().equals(log.spec().name()))
        .flatMap(other -> other.jobs().stream())
        .filter(other -> other.spec().name().equals(log.spec().name()))
        .findFirst()
        .flatMap(
            other -> {
              double together = statistic(log);
              double byItself = statistic(other);
              double ratio = together / byItself;
              return Double.isFinite(ratio) ? Optional.of(ratio) : Optional.empty();
            });
  }

  private double statistic(JobLog log) {
    return switch (log.spec().job()) {
      case Train train -> JobMetrics.meanStepPs(log);
      case Serve serve -> result.ok() ? p99Ps(log) : Double.NaN;
      case Job job -> log.donePs() < 0 ? Double.NaN : log.donePs() - log.submitPs();
    };
  }

  /** Not a number with fewer than 10,000 requests: then fewer than 100 lie beyond. */
  private static double p99Ps(JobLog log) {
    long[] sorted = log.requests().stream().mapToLong(JobObserver.Request::totalPs).toArray();
    Arrays.sort(sorted);
    return sorted.length < 10_000 ? Double.NaN : sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
  }

  private StepRow step(JobLog log, JobObserver.Step step) {
    return new StepRow(
        result.run().id(),
        log.spec().name(),
        Math.toIntExact(step.step()),
        ns(step.startPs()),
        ns(step.computePs()),
        ns(step.communicationPs()),
        ns(step.exposedPs()),
        step.stragglerRank() < 0 ? null : step.stragglerRank());
  }

  private CollectiveRow collective(JobLog log, JobObserver.Collective done) {
    double algorithmBps = done.bytes() * 8e12 / (done.endPs() - done.startPs());
    return new CollectiveRow(
        result.run().id(),
        log.spec().name(),
        done.operation(),
        done.algorithm().word(),
        done.ranks(),
        done.bytes(),
        ns(done.startPs()),
        ns(done.endPs()),
        Math.round(algorithmBps),
        Math.round(CollectiveOperation.ALL_REDUCE.busBitsPerSecond(
            done.ranks(), done.bytes(), done.endPs() - done.startPs())));
  }

  private RequestRow request(JobLog log, JobObserver.Request request) {
    OptionalLong sloPs =
        log.spec().job() instanceof Serve serve ? serve.sloPs() : OptionalLong.empty();
    boolean late = sloPs.isPresent() && request.totalPs() > sloPs.getAsLong();
    return new RequestRow(
        result.run().id(),
        log.spec().tenant(),
        log.spec().name(),
        ns(request.arrivePs()),
        ns(request.queuePs()),
        ns(request.networkPs()),
        ns(request.computePs()),
        ns(request.totalPs()),
        late ? "late" : "ok");
  }

  private static long ns(long ps) {
    return Math.floorDiv(ps + PS_PER_NS / 2, PS_PER_NS);
  }
}
