package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final StringWriter said = new StringWriter();
  private long nowNs = 5_000_000_000L;
  private final ProgressLines lines =
      new ProgressLines(16, new PrintWriter(said), () -> nowNs);

  /** 4 of 16 in 20 s: 5 s each, and 12 are left. */
  @Test
  void theTimeLeftIsThatOfTheRunsSoFar() {
    seconds(20);
    runs(4);

    lines.say();

    assertThat(said.toString()).isEqualToNormalizingNewlines(
        "4 of 16 runs after 20 s, about 60 s left\n");
  }

  @Test
  void beforeTheFirstRunIsDoneTheTimeLeftIsNotKnown() {
    seconds(10);

    lines.say();

    assertThat(said.toString()).isEqualToNormalizingNewlines("0 of 16 runs after 10 s\n");
  }

  @Test
  void aRunThatIsDoneSaysNothingByItself() {
    runs(16);

    assertThat(said.toString()).isEmpty();
  }

  @Test
  void nothingIsSaidAfterTheEnd() {
    runs(3);
    lines.close();
    seconds(10);

    lines.say();
    lines.close();

    assertThat(said.toString()).isEmpty();
  }

  private void runs(int done) {
    for (int run = 0; run < done; run++) {
      lines.oneMore();
    }
  }

  private void seconds(long passed) {
    nowNs += passed * 1_000_000_000L;
  }
}
