package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBarLineTest {
  private static final String ANEW = "\r\u001b[K";

  private final StringWriter said = new StringWriter();

  @Test
  void whenItIsClosedItsLineIsEmpty() {
    ProgressBarLine bar = new ProgressBarLine(4, new PrintWriter(said), 60);
    bar.oneMore();

    bar.close();
    bar.close();

    List<String> lines = lines();
    assertThat(said.toString()).doesNotContain("\n").endsWith(ANEW);
    assertThat(lines.get(lines.size() - 1)).startsWith("runs").contains("25%", "1/4", "(0:00:00 /");
  }

  /** NO_COLOR asks for it, and nobody needs colours to see a bar. */
  @Test
  void theBarHasNoColoursAndFitsIntoTheTerminal() {
    ProgressBarLine bar = new ProgressBarLine(4, new PrintWriter(said), 60);

    bar.close();

    assertThat(lines()).isNotEmpty()
        .allSatisfy(
            line -> assertThat(line).hasSizeLessThan(60).matches("[ -~]*"));
  }

  /** What the line showed, one after the other, but for the empty ones. */
  private List<String> lines() {
    return List.of(said.toString().split("\r\u001b\\[K"))
        .stream()
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
