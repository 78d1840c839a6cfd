package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.traffic.Connection;
import org.podpath.experiments.timeline.Timeline;
import org.podpath.workloads.JobObserver;
import org.podpath.workloads.Task;

/** What a job did in a run, kept for the tables; its tasks go to the timeline if there is one. */
public final class JobLog implements JobObserver {
  private final JobSpec spec;
  private final int number;
  private final Optional<Timeline> timeline;
  private final List<Step> steps = new ArrayList<>();
  private final List<Collective> collectives = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final BitSet connections = new BitSet();
  private final String path;
  private Optional<String> pendingReason = Optional.empty();
  private long computedPs;
  private long submitPs;
  private long startPs = -1;
  private long donePs = -1;

  /**
   * A job that has done nothing.
   *
   * @param number of the job in the run, from 0: its process in the timeline
   * @param path of its latencies in the tables
   */
  JobLog(JobSpec spec, int number, String path, Optional<Timeline> timeline) {
    this.spec = spec;
    this.path = path;
    this.number = number;
    this.timeline = timeline;
    timeline.ifPresent(
        file -> {
          file.process(number, spec.name() + " " + spec.kind());
          for (int rank = 0; rank < spec.ranks().orElse(0); rank++) {
            file.thread(number, rank, "rank " + rank);
          }
        });
  }

  /** The job. */
  public JobSpec spec() {
    return spec;
  }

  /** As its latencies are called in the tables. */
  public String path() {
    return path;
  }

  /** Whether the job opened {@code connection}. */
  public boolean owns(Connection connection) {
    return connections.get(connection.id());
  }

  @Override
  public void connected(Connection connection) {
    connections.set(connection.id());
  }

  /** Training steps in the order in which they ended. */
  public List<Step> steps() {
    return steps;
  }

  /** Collectives in the order in which they ended. */
  public List<Collective> collectives() {
    return collectives;
  }

  /** Requests in the order in which they were answered. */
  public List<Request> requests() {
    return requests;
  }

  /** Why it was not placed; empty if it was. */
  public Optional<String> pendingReason() {
    return pendingReason;
  }

  /** When it was done; −1 if it was not. */
  public long donePs() {
    return donePs;
  }

  /** When its pods were there, or were created. */
  public long submitPs() {
    return submitPs;
  }

  /** When it began; −1 if it did not. */
  public long startPs() {
    return startPs;
  }

  /** Computing of all ranks together. */
  public long computedPs() {
    return computedPs;
  }

  void pending(String reason) {
    pendingReason = Optional.of(reason);
  }

  void submitted(long atPs) {
    submitPs = atPs;
  }

  void started(long atPs) {
    startPs = atPs;
  }

  void done(long atPs) {
    donePs = atPs;
  }

  @Override
  public void step(Step step) {
    steps.add(step);
  }

  @Override
  public void collective(Collective collective) {
    collectives.add(collective);
  }

  @Override
  public void request(Request request) {
    requests.add(request);
  }

  @Override
  public void task(Task task, long startPs, long endPs) {
    if (task instanceof Task.Compute compute && compute.rank() < spec.ranks().orElse(0)) {
      computedPs += endPs - startPs;
    }
    if (timeline.isPresent() && endPs > startPs) {
      switch (task) {
        case Task.Compute compute ->
            timeline.get().span(number, compute.rank(), "compute", startPs, endPs, "");
        case Task.Transfer transfer ->
            timeline
                .get()
                .span(
                    number, transfer.from(), "to rank " + transfer.to(), startPs, endPs,
                    transfer.bytes() + " B");
      }
    }
  }
}
