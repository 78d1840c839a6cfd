package org.podpath.experiments.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.Names;
import org.podpath.experiments.scenario.Point;

/**
 * Plays every run of an experiment, spread over threads; results come in order of run whatever
 * their number.
 */
public final class RunExperiment {
  /**
   * So many runs of each thread may be played before their results are taken: where the sink is slower
   * than the threads, results would fill the memory.
   */
  private static final int RUNS_AHEAD = 8;

  private RunExperiment() {}

  /** The names of networks and profiles that scenarios may use. */
  public static Names names() {
    return Wiring.names();
  }

  /**
   * Checks what only the wiring knows, before anything runs.
   *
   * @throws WrongInput with every fault found
   */
  public static void check(Experiment experiment) {
    List<String> faults = new ArrayList<>();
    for (Point point : experiment.points()) {
      try {
        new Wiring(point).check();
      } catch (WrongInput wrong) {
        wrong.lines().stream().filter(line -> !faults.contains(line)).forEach(faults::add);
      }
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }

  /**
   * A network as a scenario describes it.
   *
   * @param where the values of the sweep's axes; nothing without a sweep
   */
  public record Wired(String where, Network network, HostProfile profile) {}

  /**
   * The networks of {@code experiment}, one for each point.
   *
   * @throws WrongInput if parts of a point do not fit each other
   */
  public static List<Wired> networks(Experiment experiment) {
    List<Wired> networks = new ArrayList<>();
    for (Point point : experiment.points()) {
      String where = point.params().isEmpty() ? "" : point.params().toString();
      Wiring wiring = new Wiring(point);
      networks.add(new Wired(where, wiring.network(), wiring.profile()));
    }
    return networks;
  }

  /**
   * The runs of {@code experiment}: every point, every repetition, and where several jobs share the
   * cluster, then each of them alone.
   */
  public static List<Run> runs(Experiment experiment) {
    List<Run> runs = new ArrayList<>();
    for (Point point : experiment.points()) {
      List<JobSpec> jobs =
          JobSpec.of(point.scenario())
              .stream()
              .filter(job -> point.scenario().pendingReason(job.tenant(), job.position()).isEmpty())
              .toList();
      for (int repeat = 0; repeat < point.scenario().repeat(); repeat++) {
        runs.add(new Run(runs.size(), point, repeat, Optional.empty()));
        for (int job = 0; jobs.size() > 1 && job < jobs.size(); job++) {
          runs.add(new Run(runs.size(), point, repeat, Optional.of(jobs.get(job).name())));
        }
      }
    }
    return runs;
  }

  /**
   * Plays {@code experiment}.
   *
   * @param threads that play runs side by side
   * @param sink given each result, in order of run, on the calling thread
   */
  public static void play(Experiment experiment, int threads, Consumer<RunResult> sink) {
    play(experiment, threads, Onlookers.NOBODY, sink);
  }

  /**
   * Plays {@code experiment}.
   *
   * @param threads that play runs side by side
   * @param sink given each result, in order of run, on the calling thread
   */
  public static void play(
      Experiment experiment, int threads, Onlookers onlookers, Consumer<RunResult> sink) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Run> runs = runs(experiment);
      Stream<Callable<RunResult>> tasks =
          runs.stream().map(run -> {
            Onlookers its = onlookers.at(run, runs.size());
            return () -> RunScenario.play(run, its);
          });
      inOrder(pool, RUNS_AHEAD * threads, tasks, sink);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before every run was played", stopped);
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** Gives {@code sink} what each task returns, in their order; at most so many are begun before. */
  static <T> void inOrder(
      ExecutorService pool, int mostAhead, Stream<Callable<T>> tasks, Consumer<T> sink)
      throws InterruptedException, ExecutionException {
    ArrayDeque<Future<T>> ahead = new ArrayDeque<>();
    for (Iterator<Callable<T>> left = tasks.iterator(); left.hasNext();) {
      if (ahead.size() == mostAhead) {
        sink.accept(ahead.remove().get());
      }
      ahead.add(pool.submit(left.next()));
    }
    while (!ahead.isEmpty()) {
      sink.accept(ahead.remove().get());
    }
  }
}
