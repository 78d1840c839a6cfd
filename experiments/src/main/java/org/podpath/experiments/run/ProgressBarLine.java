package org.podpath.experiments.run;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress as a bar in the last line of a terminal, with the time passed and the time left. It has
 * no colours, and its line is empty again when it is closed.
 */
final class ProgressBarLine implements Progress.Display {
  private static final int UPDATE_MILLIS = 250;

  private final Line line;
  private final ProgressBar bar;
  private final Thread exitHook = new Thread(this::erase);
  private boolean closed;

  /** None of {@code runs} is done. */
  ProgressBarLine(int runs, PrintWriter out, int columns) {
    line = new Line(out, columns);
    bar = new ProgressBarBuilder()
        .setTaskName("runs")
        .setInitialMax(runs)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .continuousUpdate()
        .setConsumer(line)
        .build();
    Runtime.getRuntime().addShutdownHook(exitHook);
  }

  @Override
  public void oneMore() {
    bar.step();
  }

  @Override
  public void close() {
    erase();
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      return; // the process is ending, and the hook finds nothing to do
    }
  }

  private synchronized void erase() {
    if (!closed) {
      closed = true;
      bar.close(); // and draws itself once more
      line.clear();
    }
  }

  /** A line that is written over again and again. */
  private record Line(PrintWriter out, int columns) implements ProgressBarConsumer {
    /** Back to its start, and erase it (ECMA-48: CR, EL). */
    private static final String ANEW = "\r\u001b[K";

    /** One column less than there are: in the last one, some terminals go to the next line. */
    @Override
    public int getMaxRenderedLength() {
      return columns - 1;
    }

    @Override
    public void accept(String text) {
      out.print(ANEW + text);
      out.flush();
    }

    @Override
    public void clear() {
      accept("");
    }

    @Override
    public void close() {
      // standard error stays open
    }
  }
}
