package org.podpath.experiments.run;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Says how far the runs are while they are under way: a bar with the time left where standard error
 * is a terminal, a line every ten seconds elsewhere. Nothing of the bar is left when the last run
 * is done, when it is closed, or when the process is interrupted.
 */
public final class Progress implements AutoCloseable {
  /** Where it is said. */
  sealed interface Display extends AutoCloseable permits ProgressBarLine, ProgressLines {
    /** One more run is done. */
    void oneMore();

    /** Nothing more is said. */
    @Override
    void close();
  }

  private final int runs;
  private final Optional<Display> display;
  private int done;

  /**
   * None of {@code runs} is done.
   *
   * @param out standard error; null: nothing is said
   */
  public Progress(int runs, PrintWriter out) {
    this.runs = runs;
    this.display =
        out == null || runs == 0 ? Optional.empty() : Optional.of(display(runs, out));
  }

  private static Display display(int runs, PrintWriter out) {
    OptionalInt columns = ErrorTerminal.columns();
    return columns.isPresent()
        ? new ProgressBarLine(runs, out, columns.getAsInt())
        : ProgressLines.everyTenSeconds(runs, out);
  }

  /** One more run is done; after the last, nothing more is said. */
  public void oneMore() {
    done++;
    display.ifPresent(Display::oneMore);
    if (done == runs) {
      close();
    }
  }

  /** Nothing more is said, whether all runs are done or not. */
  @Override
  public void close() {
    display.ifPresent(Display::close);
  }
}
