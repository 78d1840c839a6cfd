package org.podpath.experiments.tables;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for the terminal: one line for the names, one per row, columns as wide as they need be,
 * numbers to the right, an empty place for null.
 *
 * <p>Only the first 1,000 rows are kept to find the widths, so that a table of any length can pass;
 * a later cell that is wider pushes its row to the right.
 */
public final class TextTable {
  private static final int ROWS_FOR_WIDTHS = 1000;
  private static final String GAP = "  ";

  private final Appendable out;
  private final List<Object[]> waiting = new ArrayList<>();
  private final String[] names;
  private final int[] widths;
  private final boolean[] right;
  private boolean headPrinted;

  /** A table without rows, with the names of its columns. */
  public TextTable(Appendable out, List<String> names) {
    this.out = out;
    this.names = names.toArray(String[]::new);
    this.widths = new int[this.names.length];
    this.right = new boolean[this.names.length];
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it does not have a cell for each column
   */
  public void add(Object... cells) throws IOException {
    if (cells.length != names.length) {
      throw new IllegalArgumentException(
          cells.length + " cells in a table of " + names.length + " columns");
    }
    if (headPrinted) {
      print(cells);
      return;
    }
    waiting.add(cells.clone());
    if (waiting.size() == ROWS_FOR_WIDTHS) {
      printWaiting();
    }
  }

  /** Prints what is not yet printed. */
  public void end() throws IOException {
    if (!headPrinted) {
      printWaiting();
    }
  }

  private void printWaiting() throws IOException {
    for (int c = 0; c < names.length; c++) {
      widths[c] = width(names[c]);
      boolean anyNumber = false;
      boolean anyOther = false;
      for (Object[] row : waiting) {
        widths[c] = Math.max(widths[c], width(text(row[c])));
        anyNumber |= row[c] instanceof Number;
        anyOther |= row[c] != null && !(row[c] instanceof Number);
      }
      right[c] = anyNumber && !anyOther;
    }
    print((Object[]) names);
    for (Object[] row : waiting) {
      print(row);
    }
    waiting.clear();
    headPrinted = true;
  }

  private void print(Object... cells) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.length; c++) {
      String text = text(cells[c]);
      String padding = " ".repeat(Math.max(0, widths[c] - width(text)));
      line.append(c == 0 ? "" : GAP)
          .append(right[c] ? padding + text : text + padding);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String text(Object cell) {
    return switch (cell) {
      case null -> "";
      case Double number -> digits(number);
      case Float number -> digits(Double.parseDouble(number.toString()));
      case BigDecimal number -> number.toPlainString();
      default -> cell.toString().replaceAll("\\p{Cntrl}+", " ");
    };
  }

  /** All digits, and no exponent where a person would not write one either. */
  private static String digits(double number) {
    double size = Math.abs(number);
    if (size == 0) {
      return "0";
    }
    if (size < 1e-4 || size >= 1e15 || Double.isNaN(number)) {
      return Double.toString(number);
    }
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
