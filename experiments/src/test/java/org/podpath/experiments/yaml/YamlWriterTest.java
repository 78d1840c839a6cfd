package org.podpath.experiments.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YamlWriterTest {

  @Test
  void aDocumentIsWrittenInBlocks() {
    YamlNode root = parse("{a: 12.5s, b: {c: [1, {d: 2, e: [3, [4]]}], f: {}, g: []}, h: null}");

    assertThat(YamlWriter.document(root)).isEqualTo("""
        a: 12.5s
        b:
          c:
            - 1
            - d: 2
              e:
                - 3
                - - 4
          f: {}
          g: []
        h: null
        """);
  }

  @Test
  void whatIsWrittenReadsBackTheSame() {
    String odd = "{'a: b': ' x', \"q\\\"\\\\\\t\\n\\x01\": 'null', c: '', 'd#': '- e', g: 'it''s'}";
    YamlNode root = parse(odd);

    YamlNode again = parse(YamlWriter.document(root));

    assertThat(YamlWriter.line(again)).isEqualTo(YamlWriter.line(root));
    assertThat(YamlWriter.line(parse(YamlWriter.line(root)))).isEqualTo(YamlWriter.line(root));
    assertThat(YamlPath.of("a: b").elements()).hasSize(1);
    assertThat(((YamlNode.Mapping) again).entries()).map(YamlNode.Entry::key)
        .containsExactly("a: b", "q\"\\\t\n\u0001", "c", "d#", "g");
  }

  @Test
  void aSingleValueIsADocumentToo() {
    assertThat(YamlWriter.document(parse("x"))).isEqualTo("x\n");
    assertThat(YamlWriter.document(parse("{}"))).isEqualTo("{}\n");
  }

  private static YamlNode parse(String text) {
    return YamlParser.parseFile("x.yaml", text, new Faults());
  }
}
