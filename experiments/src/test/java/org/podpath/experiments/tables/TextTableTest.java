package org.podpath.experiments.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final StringBuilder out = new StringBuilder();

  @Test
  void numbersStandToTheRightTextToTheLeftAndNullIsEmpty() throws IOException {
    TextTable table = new TextTable(out, List.of("cni", "p99_ns", "note"));

    table.add("cilium", 12480L, null);
    table.add("host", null, "bare");
    table.end();

    assertThat(out).hasToString("""
        cni     p99_ns  note
        cilium   12480
        host            bare
        """);
  }

  @Test
  void realNumbersHaveNoExponentWhereAPersonWouldWriteNone() throws IOException {
    TextTable table = new TextTable(out, List.of("value"));

    for (Object value : List.of(
        1e7, 0.0001, 2.0, -0.0, 1e15, 1e-5, Double.NaN, new BigDecimal("1E+3"))) {
      table.add(value);
    }
    table.end();

    assertThat(out.toString().lines().map(String::strip)).containsExactly(
        "value", "10000000", "0.0001", "2", "0", "1.0E15", "1.0E-5", "NaN", "1000");
  }

  @Test
  void aRowIsOneLineWhateverIsInIt() throws IOException {
    TextTable table = new TextTable(out, List.of("message"));

    table.add("first\n\tsecond\u001b[31m");
    table.end();

    assertThat(out).hasToString("message\nfirst second [31m\n");
  }

  @Test
  void aTableWithoutRowsIsItsHead() throws IOException {
    new TextTable(out, List.of("a", "b")).end();

    assertThat(out).hasToString("a  b\n");
  }

  @Test
  void aLongTableIsPrintedWithoutBeingKept() throws IOException {
    TextTable table = new TextTable(out, List.of("n"));

    for (int row = 1; row <= 1001; row++) {
      table.add(row);
    }

    assertThat(out.toString().lines()).hasSize(1 + 1001).endsWith("1000", "1001");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    TextTable table = new TextTable(out, List.of("a", "b"));

    assertThatThrownBy(() -> table.add(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells in a table of 2 columns");
  }
}
