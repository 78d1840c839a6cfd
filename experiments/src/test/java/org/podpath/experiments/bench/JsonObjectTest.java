package org.podpath.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class JsonObjectTest {
  @Test
  void membersStandInTheOrderInWhichTheyWereAdded() {
    JsonObject object = new JsonObject().text("b", "x").number("a", 1.25, 1).number("c", 2e9, 0);

    assertThat(object).hasToString("{\"b\":\"x\",\"a\":1.2,\"c\":2000000000}");
  }

  @Test
  void whatJsonKeepsForItselfIsEscaped() {
    assertThat(new JsonObject().text("quote", "\"a\\b\"\n"))
        .hasToString("{\"quote\":\"\\\"a\\\\b\\\"\\u000a\"}");
  }

  @Test
  void aNumberThatJsonDoesNotKnowIsRefused() {
    assertThatExceptionOfType(NumberFormatException.class)
        .isThrownBy(() -> new JsonObject().number("a", Double.POSITIVE_INFINITY, 1));
  }
}
