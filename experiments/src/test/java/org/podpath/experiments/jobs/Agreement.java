package org.podpath.experiments.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.LinkUse;
import org.podpath.experiments.run.RunResult;

/**
 * By how much the flow engine is off the packet engine on one scenario, as shares of what the packet
 * engine says; empty where the scenario has nothing of the kind.
 *
 * @param longFlows mean time of flows of 10 MB and more
 * @param shortFlows mean time of flows from 100 kB to 10 MB
 * @param collectives mean time of collectives
 * @param p99Messages 99th percentile of smaller flows, where there are at least a hundred
 * @param p99Requests 99th percentile of requests, from arrival to answer
 * @param flagged whether the flow engine says that it is outside its validity
 * @param utilisationRatio of the busiest link or CPU over the whole run, packet by packet
 * @param lostFrames at ports, packet by packet
 */
record Agreement(
    OptionalDouble longFlows,
    OptionalDouble shortFlows,
    OptionalDouble collectives,
    OptionalDouble p99Messages,
    OptionalDouble p99Requests,
    boolean flagged,
    double utilisationRatio,
    long lostFrames) {
  private static final Path FOLDER = Path.of("target", "agreement-tests");
  private static final long SHORT_BYTES = 100_000;
  private static final long LONG_BYTES = 10_000_000;
  private static final int ENOUGH_FOR_P99 = 100;

  static Agreement of(RunResult played, RunResult computed) {
    return new Agreement(
        means(played, computed, bytes -> bytes >= LONG_BYTES),
        means(played, computed, bytes -> bytes >= SHORT_BYTES && bytes < LONG_BYTES),
        off(collectiveUs(played), collectiveUs(computed)),
        off(p99(messagesUs(played)), p99(messagesUs(computed))),
        off(p99(requestsUs(played)), p99(requestsUs(computed))),
        computed.status().equals(RunResult.OUTSIDE_VALIDITY),
        utilisationRatio(played),
        played.report().links().stream().mapToLong(LinkUse::droppedFrames).sum());
  }

  /** Leaves a row of a table in a file of its own: {@code cat target/agreement-tests/*}. */
  void note(String scenario) {
    String row =
        String.format(
            Locale.ROOT, "| %s | %s | %s | %s | %s | %s | %s | %.2f | %d |%n", scenario,
            percent(longFlows), percent(shortFlows), percent(collectives), percent(p99Messages),
            percent(p99Requests), flagged ? "outside" : "ok", utilisationRatio, lostFrames);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          FOLDER.resolve("0"),
          "| scenario | flows >= 10 MB | 100 kB to 10 MB | collectives | p99 of messages | p99 of requests | validity"
              + " | utilisation | lost frames |\n|---|---|---|---|---|---|---|---|---|\n");
      Files.writeString(FOLDER.resolve(scenario.replace(' ', '-')), row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String percent(OptionalDouble ratio) {
    return ratio.isPresent() ? String.format(Locale.ROOT, "%+.1f %%", 100 * ratio.orElseThrow())
        : "";
  }

  private static OptionalDouble means(RunResult played, RunResult computed, LongPredicate size) {
    return off(
        Arrays.stream(us(played, size)).average(), Arrays.stream(us(computed, size)).average());
  }

  private static OptionalDouble off(OptionalDouble played, OptionalDouble computed) {
    return played.isPresent() && computed.isPresent()
        ? OptionalDouble.of(computed.orElseThrow() / played.orElseThrow() - 1)
        : OptionalDouble.empty();
  }

  private static OptionalDouble p99(double[] us) {
    return us.length >= ENOUGH_FOR_P99
        ? OptionalDouble.of(us[(int) (0.99 * us.length)])
        : OptionalDouble.empty();
  }

  private static double[] messagesUs(RunResult result) {
    return us(result, bytes -> bytes < SHORT_BYTES);
  }

  private static double[] requestsUs(RunResult result) {
    return result.jobs()
        .stream()
        .flatMap(job -> job.requests().stream())
        .mapToDouble(request -> (request.endPs() - request.arrivePs()) / 1e6)
        .sorted()
        .toArray();
  }

  /** Times of the flows of some sizes, in order. */
  private static double[] us(RunResult result, LongPredicate size) {
    return result.report()
        .flows()
        .stream()
        .filter(FinishedFlow::complete)
        .filter(flow -> size.test(flow.deliveredBytes()))
        .mapToDouble(flow -> (flow.endPs() - flow.startPs()) / 1e6)
        .sorted()
        .toArray();
  }

  private static OptionalDouble collectiveUs(RunResult result) {
    return result.jobs()
        .stream()
        .flatMap(job -> job.collectives().stream())
        .mapToDouble(done -> (done.endPs() - done.startPs()) / 1e6)
        .average();
  }

  private static double utilisationRatio(RunResult result) {
    Map<String, Double> busyPs = new TreeMap<>();
    for (CpuTime time : result.report().cpuTimes()) {
      busyPs.merge("cpu " + time.host() + " " + time.cpu(), (double) time.busyPs(), Double::sum);
    }
    for (LinkUse use : result.report().links()) {
      double sentPs = use.sentBytes() * 8e12 / use.link().bitsPerSecond();
      busyPs.merge("link " + use.link().id(), sentPs, Double::sum);
    }
    double mostPs = busyPs.values().stream().mapToDouble(ps -> ps).max().orElseThrow();
    return mostPs / result.simulatedPs();
  }
}
