package org.podpath.workloads;

import java.util.Arrays;
import java.util.List;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.RandomStream;

/**
 * Synchronous data-parallel training: in every step all ranks compute, then exchange gradients, and nobody
 * goes on before all have them. With buckets the exchange of the last layers' gradients overlaps with the
 * backward pass of the first, as PyTorch's DistributedDataParallel does.
 *
 * <p>Source of the buckets: S. Li et al., "PyTorch distributed", VLDB 13(12), 2020: buckets in reverse order
 * of parameters, 25 MB, the first 1 MB; a bucket is reduced after the one before it.
 */
public final class TrainingJob implements Job {
  static final int PORT = 29_500; // PyTorch's default master port

  private static final long FIRST_BUCKET_BYTES = 1_000_000;

  /** assumption: the backward pass takes twice the time of the forward pass. */
  private static final double FORWARD_RATIO = 1.0 / 3;

  /** assumption: some gigabytes of tasks. */
  private static final double MOST_TRANSFERS = 10e6;

  private final Session session;
  private final TrainingPlan plan;
  private final JobObserver observer;
  private final TaskRunner runner;
  private final RandomStream times;
  private final long[] computePs;
  private final long[] buckets;
  /** The first ranks, which stand for all; all where ranks do not do the same. */
  private final int played;
  private TaskList repeated;
  private long stepStartPs;
  private long firstSentPs;
  private long lastReadPs;
  private long step;

  /**
   * A job at its start.
   *
   * @param pods of the ranks, then of the servers
   */
  public TrainingJob(Session session, TrainingPlan plan, List<Pod> pods, JobObserver observer) {
    this.session = session;
    this.plan = plan;
    this.observer = observer;
    runner = new TaskRunner(session, pods, PORT, this::taskDone);
    times = session.random("compute");
    computePs = new long[plan.ranks()];
    Arrays.fill(computePs, plan.computePs());
    buckets = buckets();
    played = played(pods);
  }

  /**
   * Hosts do the same where parts are of the same size: it is rounded up to whole bytes where playing
   * all would be too much.
   */
  private int played(List<Pod> pods) {
    int ranks = plan.ranks();
    int perHost = plan.gpusPerHost();
    int ring = plan.algorithm() == Algorithm.RING ? ranks : ranks / perHost;
    boolean even = Arrays.stream(buckets).allMatch(bytes -> bytes % ranks == 0);
    boolean many = 2.0 * ranks * ring * buckets.length > MOST_TRANSFERS;
    boolean repeats =
        plan.algorithm().isRing()
            && !plan.exponential()
            && ranks % perHost == 0
            && (even || many)
            && session.engine().repeats(pods, perHost);
    if (repeats && !even) {
      Arrays.setAll(buckets, i -> Math.ceilDiv(buckets[i], ranks) * ranks);
      session.recorder().note("the part of each rank is rounded up to whole bytes");
    }
    return repeats ? perHost : ranks;
  }

  private long[] buckets() {
    if (plan.bucketBytes() == 0) {
      return new long[] {plan.gradientBytes()};
    }
    long first = Math.min(FIRST_BUCKET_BYTES, plan.gradientBytes());
    int more = Math.toIntExact(Math.ceilDiv(plan.gradientBytes() - first, plan.bucketBytes()));
    long[] sizes = new long[1 + more];
    Arrays.fill(sizes, plan.bucketBytes());
    sizes[0] = first;
    if (more > 0) {
      sizes[more] = plan.gradientBytes() - first - (more - 1) * plan.bucketBytes();
    }
    return sizes;
  }

  @Override
  public void start(EventHandler done) {
    step(done);
  }

  private void step(EventHandler done) {
    stepStartPs = session.simulator().nowPs();
    firstSentPs = Long.MAX_VALUE;
    lastReadPs = stepStartPs;
    runner.run(tasks(), () -> stepDone(done));
  }

  private TaskList tasks() {
    if (!plan.exponential()) {
      if (repeated == null) {
        repeated = newTasks();
      }
      return repeated;
    }
    for (int rank = 0; rank < plan.ranks(); rank++) {
      computePs[rank] = Math.round(times.exponential(plan.computePs()));
    }
    return newTasks();
  }

  private TaskList newTasks() {
    TaskList tasks = new TaskList();
    int[] computed = new int[played];
    int[] reduced = new int[played];
    Arrays.fill(computed, TaskList.NONE);
    Arrays.fill(reduced, TaskList.NONE);
    long sentBytes = 0;
    for (long bucketBytes : buckets) {
      double before = readyRatio(sentBytes);
      sentBytes += bucketBytes;
      double after = readyRatio(sentBytes);
      int[] ready = new int[played];
      for (int rank = 0; rank < played; rank++) {
        long partPs = Math.round(computePs[rank] * after) - Math.round(computePs[rank] * before);
        computed[rank] = tasks.compute(rank, partPs, computed[rank]);
        ready[rank] = tasks.compute(rank, 0, computed[rank], reduced[rank]);
      }
      reduced = allReduce(tasks, bucketBytes, ready);
    }
    return tasks;
  }

  private int[] allReduce(TaskList tasks, long bytes, int[] ready) {
    Algorithm algorithm = plan.algorithm();
    return played < plan.ranks()
        ? algorithm.allReduceOfOneHost(tasks, plan.ranks(), bytes, plan.reduction(), ready)
        : algorithm.allReduce(
            tasks, plan.ranks(), bytes, plan.servers(), plan.gpusPerHost(), plan.reduction(),
            ready);
  }

  /** Share of the compute time after which the gradients of the first {@code bytes} are there. */
  private double readyRatio(long bytes) {
    if (bytes == 0) {
      return 0;
    }
    return FORWARD_RATIO + (1 - FORWARD_RATIO) * bytes / plan.gradientBytes();
  }

  private void taskDone(Task task, long startPs, long endPs) {
    if (task instanceof Task.Transfer) {
      firstSentPs = Math.min(firstSentPs, startPs);
      lastReadPs = Math.max(lastReadPs, endPs);
    }
    observer.task(task, startPs, endPs);
  }

  private void stepDone(EventHandler done) {
    long nowPs = session.simulator().nowPs();
    int slowest = 0;
    boolean differ = false;
    for (int rank = 1; rank < plan.ranks(); rank++) {
      differ |= computePs[rank] != computePs[0];
      slowest = computePs[rank] > computePs[slowest] ? rank : slowest;
    }
    long sendingPs = firstSentPs == Long.MAX_VALUE ? 0 : lastReadPs - firstSentPs;
    observer.step(
        new JobObserver.Step(
            step, -1, stepStartPs, nowPs, computePs[slowest], sendingPs,
            differ ? slowest : -1));
    if (sendingPs > 0) {
      observer.collective(
          new JobObserver.Collective(
              "all-reduce", plan.algorithm(), plan.ranks(), plan.gradientBytes(), firstSentPs,
              lastReadPs));
    }
    if (++step < plan.steps()) {
      step(done);
    } else {
      done.handle();
    }
  }
}
