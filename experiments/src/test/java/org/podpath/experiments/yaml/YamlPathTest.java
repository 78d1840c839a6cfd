package org.podpath.experiments.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlPathTest {
  private static final Place OPTION = new Place("--set x", 0);

  private final YamlNode root = parse("{a: {b: 1, c: 2}, list: [{d: 3}, {d: 4}]}");

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "a.b | {a: {b: 9, c: 2}, list: [{d: 3}, {d: 4}]}",
      "a | {a: 9, list: [{d: 3}, {d: 4}]}",
      "list.1.d | {a: {b: 1, c: 2}, list: [{d: 3}, {d: 9}]}",
      "a.new | {a: {b: 1, c: 2, new: 9}, list: [{d: 3}, {d: 4}]}",
      "new.key | {a: {b: 1, c: 2}, list: [{d: 3}, {d: 4}], new: {key: 9}}",
  })
  void aValueIsSetAtTheEndOfThePath(String path, String expected) {
    YamlNode changed = YamlPath.of(path).set(root, OPTION, parse("9"));

    assertThat(YamlWriter.line(changed)).isEqualTo(expected);
  }

  @Test
  void theTreeItselfStaysAsItWas() {
    YamlPath.of("a.b").set(root, OPTION, parse("9"));

    assertThat(YamlWriter.line(root)).isEqualTo("{a: {b: 1, c: 2}, list: [{d: 3}, {d: 4}]}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "a.b.c | no 'c' in '1'; write a path that ends at 'a.b'",
      "list.2.d | no '2' in a list of 2; write a position from 0 to 1",
      "list.d | no 'd' in a list of 2; write a position from 0 to 1",
  })
  void aPathThatLeadsNowhereIsRefused(String path, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlPath.of(path).set(root, OPTION, parse("9")))
        .withMessage(message);
  }

  @Test
  void aPathHasNoEmptyElements() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlPath.of("a..b"))
        .withMessage("'a..b' is not a path; write keys with dots between, as in network.cni");
  }

  @Test
  void theKeyOfAPathIsItsLastElementThatIsNoPosition() {
    assertThat(YamlPath.of("tenants.blue.jobs.0").key()).isEqualTo("jobs");
  }

  private static YamlNode parse(String text) {
    return YamlParser.parseFile("x.yaml", text, new Faults());
  }
}
