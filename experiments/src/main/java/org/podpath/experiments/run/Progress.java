package org.podpath.experiments.run;

import java.io.PrintWriter;

/** Says every ten seconds how far the runs are. */
public final class Progress {
  private static final long EVERY_NS = 10_000_000_000L;

  private final int runs;
  private final PrintWriter out;
  private final long startNs = System.nanoTime();
  private long saidNs = startNs;
  private int done;

  /**
   * None of {@code runs} is done.
   *
   * @param out where to say so; null: nowhere
   */
  public Progress(int runs, PrintWriter out) {
    this.runs = runs;
    this.out = out;
  }

  /** One more run is done. */
  public void oneMore() {
    done++;
    long nowNs = System.nanoTime();
    if (out != null && nowNs - saidNs >= EVERY_NS && done < runs) {
      saidNs = nowNs;
      long passedSeconds = (nowNs - startNs) / 1_000_000_000L;
      long leftSeconds = passedSeconds * (runs - done) / done;
      out.println(
          done + " of " + runs + " runs after " + passedSeconds + " s, about " + leftSeconds
              + " s left");
    }
  }
}
