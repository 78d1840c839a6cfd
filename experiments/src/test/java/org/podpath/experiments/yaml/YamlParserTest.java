package org.podpath.experiments.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.podpath.experiments.WrongInput;

class YamlParserTest {

  @Test
  void everyKeyAndValueKnowsItsLine() {
    YamlNode.Mapping root = (YamlNode.Mapping) parse("""
        # a question
        cluster: {hosts: 2,
          cores: 8}
        tenants:
          blue:
            - one
            - two
        """);

    YamlNode.Mapping cluster = (YamlNode.Mapping) root.entry("cluster").orElseThrow().value();
    assertThat(cluster.entry("hosts").orElseThrow().place()).hasToString("x.yaml:2");
    assertThat(cluster.entry("cores").orElseThrow().place()).hasToString("x.yaml:3");
    assertThat(YamlPath.of("tenants").placeIn(root)).hasToString("x.yaml:4");
    assertThat(YamlPath.of("tenants.blue.1").placeIn(root)).hasToString("x.yaml:7");
  }

  @Test
  void anAliasIsTheValueOfItsAnchor() {
    YamlNode.Mapping root = (YamlNode.Mapping) parse("a: &pin {tx: 1}\nb: *pin\n");

    assertThat(root.entry("b").orElseThrow().value())
        .isSameAs(root.entry("a").orElseThrow().value());
  }

  @Test
  void quotesTellTheWordNullFromNothing() {
    YamlNode.Sequence root = (YamlNode.Sequence) parse("[null, 'null', ~, '']");

    assertThat(root.items()).map(item -> ((YamlNode.Scalar) item).isNothing())
        .containsExactly(true, false, true, false);
  }

  @Test
  void anEmptyFileIsAFault() {
    assertThat(faultsOf("")).containsExactly("x.yaml:1: empty; write a value");
    assertThat(faultsOf("# only a comment\n")).containsExactly("x.yaml:1: empty; write a value");
  }

  @Test
  void aSecondDocumentIsAFault() {
    assertThat(faultsOf("a: 1\n---\nb: 2\n"))
        .containsExactly("x.yaml:2: a second document; write one in each file");
  }

  @Test
  void whatIsNotYamlIsAFaultOnOneLine() {
    assertThat(faultsOf("a: 1\nb: c: d\n")).containsExactly(
        "x.yaml:2: not YAML: mapping values are not allowed here; write YAML, with values that"
            + " hold one of : # { } [ ] , & * in quotes");
    assertThat(faultsOf("a: {b: 1\n")).singleElement()
        .asString()
        .startsWith("x.yaml:2: not YAML: expected ',' or '}'")
        .doesNotContain("\n");
  }

  @Test
  void aTabAtTheBeginningOfALineIsAFault() {
    assertThat(faultsOf("a:\n\tb: 1\n")).containsExactly(
        "x.yaml:2: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use"
            + " \\t(TAB) for indentation); indent with spaces");
  }

  @Test
  void aControlCharacterIsAFault() {
    assertThat(faultsOf("a: 1\nb: \u0007\n")).containsExactly(
        "x.yaml:2: not YAML: character U+0007 is not allowed; write YAML, with values that hold"
            + " one of : # { } [ ] , & * in quotes");
  }

  @Test
  void aRepeatedKeyIsAFaultAndTheFirstOneStays() {
    assertThat(faultsOf("a: 1\nb: 2\na: 3\n"))
        .containsExactly("x.yaml:3: repeated key 'a', first at x.yaml:1; write it once");
  }

  @Test
  void aKeyThatIsNotAWordIsAFault() {
    assertThat(faultsOf("[a, b]: 1\n"))
        .containsExactly("x.yaml:1: a key that is not a word; write 'key: value'");
  }

  @Test
  void aTagIsAFault() {
    assertThat(faultsOf("a: !!java.net.URL x\n")).containsExactly(
        "x.yaml:1: tag 'tag:yaml.org,2002:java.net.URL'; write the value without a tag");
  }

  @Test
  void anAliasThatContainsItselfIsAFault() {
    assertThat(faultsOf("a: &x\n  b: *x\n"))
        .containsExactly("x.yaml:2: alias '*x' contains itself; write the value out");
  }

  @Test
  void anAliasOfNothingIsAFault() {
    assertThat(faultsOf("a: *x\n"))
        .containsExactly("x.yaml:1: unknown alias '*x'; write '&x' before the value it names");
  }

  /** Each line has nine times the values of the line before: the seventh passes a million. */
  @Test
  void aliasesThatMultiplyAreAFaultAndNotOutOfMemory() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(8) + alias + "]\n");
    }

    assertThat(faultsOf(bomb.toString())).containsExactly(
        "x.yaml:7: more than 1000000 values; write fewer or use fewer aliases");
  }

  @Test
  void nestingWithoutEndIsAFaultAndNotAStackOverflow() {
    assertThat(faultsOf("[".repeat(100_000)))
        .containsExactly("x.yaml:1: more than 64 levels deep; write it flatter");
  }

  @Test
  void aFaultInAnOptionNamesTheOption() {
    Faults faults = new Faults();

    WrongInput wrong = catchThrowableOfType(
        WrongInput.class, () -> YamlParser.parseOption("--set a", "[1", faults));

    assertThat(wrong.lines()).singleElement().asString().startsWith("--set a: not YAML: ");
  }

  private static YamlNode parse(String text) {
    return YamlParser.parseFile("x.yaml", text, new Faults());
  }

  private static List<String> faultsOf(String text) {
    Faults faults = new Faults();
    WrongInput wrong = catchThrowableOfType(WrongInput.class, () -> {
      YamlParser.parseFile("x.yaml", text, faults);
      faults.stopIfAny();
    });
    return wrong.lines();
  }
}
