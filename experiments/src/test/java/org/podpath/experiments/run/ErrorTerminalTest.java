package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTerminalTest {
  @Test
  void theSecondNumberOfItsSizeIsTheColumns() {
    assertThat(ErrorTerminal.columns("24 132\n")).hasValue(132);
  }

  @Test
  void aTerminalThatDoesNotTellHasTheUsualColumns() {
    assertThat(ErrorTerminal.columns("0 0\n")).hasValue(80);
  }

  /** 39: too narrow for a bar. */
  @ParameterizedTest
  @ValueSource(strings = {"", "24", "24 x", "24 39"})
  void withoutASizeThereIsNoPlaceForABar(String size) {
    assertThat(ErrorTerminal.columns(size)).isEmpty();
  }
}
