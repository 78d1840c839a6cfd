package org.podpath.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events per second of event queues in the hold model: so many events are pending, and each one
 * that happens schedules itself again after an exponential time. One operation is one event.
 *
 * <p>Source of the model: D. W. Jones, "An empirical comparison of priority-queue and event-set
 * implementations", CACM 29(4), 1986.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx1g"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class HoldBenchmark {
  private static final int EVENTS = 100_000;

  /** Our {@link org.podpath.engine.kernel.Simulator}. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long podpath(PodpathHold hold) {
    return hold.run(EVENTS);
  }

  /** The JDK's {@link java.util.PriorityQueue}. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long priorityQueue(PriorityQueueHold hold) {
    return hold.run(EVENTS);
  }

  /** SSJ's {@link umontreal.ssj.simevents.Simulator}. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public double ssj(SsjHold hold) {
    return hold.run(EVENTS);
  }
}
