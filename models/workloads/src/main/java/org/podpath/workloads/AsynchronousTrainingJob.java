package org.podpath.workloads;

import java.util.List;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.RandomStream;

/**
 * Training with parameter servers without waiting for each other: every worker computes, pushes its gradients
 * to the shards, pulls the parameters, and goes on.
 *
 * <p>Source: J. Dean et al., "Large scale distributed deep networks", NIPS 2012.
 */
public final class AsynchronousTrainingJob implements Job {
  private final Session session;
  private final TrainingPlan plan;
  private final JobObserver observer;
  private final TaskRunner runner;
  private final RandomStream times;
  private long started;
  private int working;

  /**
   * A job at its start.
   *
   * @param pods of the workers, then of the servers
   */
  public AsynchronousTrainingJob(
      Session session, TrainingPlan plan, List<Pod> pods, JobObserver observer) {
    this.session = session;
    this.plan = plan;
    this.observer = observer;
    runner = new TaskRunner(session, pods, TrainingJob.PORT, observer::task);
    times = session.random("compute");
  }

  @Override
  public void start(EventHandler done) {
    working = plan.ranks();
    for (int worker = 0; worker < plan.ranks(); worker++) {
      step(worker, done);
    }
  }

  /** Steps are handed out to whoever is free until all are done. */
  private void step(int worker, EventHandler done) {
    if (started == plan.steps()) {
      if (--working == 0) {
        done.handle();
      }
      return;
    }
    long step = started++;
    long startPs = session.simulator().nowPs();
    long computePs =
        plan.exponential() ? Math.round(times.exponential(plan.computePs())) : plan.computePs();
    runner.run(
        tasks(worker, computePs),
        () -> {
          long nowPs = session.simulator().nowPs();
          observer.step(
              new JobObserver.Step(
                  step, worker, startPs, nowPs, computePs, nowPs - startPs - computePs, worker));
          step(worker, done);
        });
  }

  private TaskList tasks(int worker, long computePs) {
    TaskList tasks = new TaskList();
    int computed = tasks.compute(worker, computePs);
    for (int shard = 0; shard < plan.servers(); shard++) {
      long bytes = shardBytes(shard);
      if (bytes > 0) {
        int server = plan.ranks() + shard;
        int pushed = tasks.transfer(worker, server, bytes, computed);
        int added = tasks.compute(server, bytes * plan.reduction().psPerByte(), pushed);
        tasks.transfer(server, worker, bytes, added);
      }
    }
    return tasks;
  }

  private long shardBytes(int shard) {
    long each = plan.gradientBytes() / plan.servers();
    return each + (shard < plan.gradientBytes() % plan.servers() ? 1 : 0);
  }
}
