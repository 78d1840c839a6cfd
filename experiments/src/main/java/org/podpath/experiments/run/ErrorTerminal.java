package org.podpath.experiments.run;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The terminal that standard error is, if it is one. */
final class ErrorTerminal {
  /** Java only tells whether standard input and output are terminals. */
  private static final String ROWS_AND_COLUMNS = "[ -t 2 ] && stty size <&2 2>/dev/null";

  /** What terminals have that do not tell. */
  private static final int USUAL_COLUMNS = 80;

  /** Below this, a bar says nothing. */
  private static final int FEWEST_COLUMNS = 40;

  private ErrorTerminal() {}

  /** Columns of the terminal; none if standard error is no terminal, or one without a cursor. */
  static OptionalInt columns() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return OptionalInt.empty();
    }
    try {
      Process shell = new ProcessBuilder("sh", "-c", ROWS_AND_COLUMNS)
          .redirectInput(Redirect.INHERIT)
          .redirectError(Redirect.INHERIT)
          .start();
      if (!shell.waitFor(1, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
        return OptionalInt.empty();
      }
      return columns(
          new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException noShell) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** The columns in {@code "rows columns"}; none in an empty answer. */
  static OptionalInt columns(String rowsAndColumns) {
    String[] numbers = rowsAndColumns.strip().split(" ");
    if (numbers.length != 2 || !numbers[1].matches("[0-9]{1,4}")) {
      return OptionalInt.empty();
    }
    int columns = Integer.parseInt(numbers[1]);
    if (columns == 0) {
      return OptionalInt.of(USUAL_COLUMNS);
    }
    return columns < FEWEST_COLUMNS ? OptionalInt.empty() : OptionalInt.of(columns);
  }
}
