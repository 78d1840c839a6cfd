package org.podpath.experiments.run;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Progress as lines, such as {@code 4 of 16 runs after 20 s, about 60 s left}. */
final class ProgressLines implements Progress.Display {
  private static final long EVERY_SECONDS = 10;

  private final int runs;
  private final PrintWriter out;
  private final LongSupplier clockNs;
  private final long startNs;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private int done;
  private boolean closed;

  /** None of {@code runs} is done, and nothing is said by itself. */
  ProgressLines(int runs, PrintWriter out, LongSupplier clockNs) {
    this.runs = runs;
    this.out = out;
    this.clockNs = clockNs;
    this.startNs = clockNs.getAsLong();
  }

  /** None of {@code runs} is done; how many are is said every ten seconds until it is closed. */
  static ProgressLines everyTenSeconds(int runs, PrintWriter out) {
    ProgressLines lines = new ProgressLines(runs, out, System::nanoTime);
    lines.timer.scheduleAtFixedRate(lines::say, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    return lines;
  }

  @Override
  public synchronized void oneMore() {
    done++;
  }

  /** Says how far the runs are, unless it is closed. */
  synchronized void say() {
    if (closed) {
      return;
    }
    long passedSeconds = TimeUnit.NANOSECONDS.toSeconds(clockNs.getAsLong() - startNs);
    String left =
        done == 0 ? "" : ", about " + passedSeconds * (runs - done) / done + " s left";
    out.println(done + " of " + runs + " runs after " + passedSeconds + " s" + left);
    out.flush();
  }

  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
  }
}
