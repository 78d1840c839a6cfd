package org.podpath.experiments.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableReferenceTest {
  @ParameterizedTest
  @EnumSource
  void everyColumnOfATableIsALineWithItsMeaning(Table table) {
    String text = TableReference.explain(table.tableName()).orElseThrow();

    assertThat(text).startsWith(table.tableName() + ": " + table.meaning() + "\n");
    for (Column column : table.columns()) {
      assertThat(text.lines()).anySatisfy(line -> assertThat(line)
          .startsWith(column.name() + " ")
          .contains(column.type().text())
          .endsWith(column.meaning()));
    }
  }

  @Test
  void aColumnIsExplainedForEachTableThatHasIt() {
    assertThat(TableReference.explain("bytes").orElseThrow()).isEqualTo("""
        collectives.bytes (INT64, bytes): Size as nccl-tests state it: the larger of the two \
        buffers that a rank sends from and receives into.
        flows.bytes (INT64, bytes): Payload that was delivered.
        host_cpu.bytes (INT64, bytes): Payload handled in the window.
        """);
    assertThat(TableReference.explain("p99_ns").orElseThrow()).isEqualTo("""
        latency.p99_ns (INT64, ns, may be null): 99th percentile; none with fewer than 10,000 \
        samples.
        """);
  }

  @Test
  void anUnknownNameHasNoExplanation() {
    assertThat(TableReference.explain("p98_ns")).isEmpty();
  }
}
