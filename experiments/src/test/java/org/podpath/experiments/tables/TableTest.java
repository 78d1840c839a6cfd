package org.podpath.experiments.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.experiments.Explain;

class TableTest {
  /** People's scripts name these columns: what was promised to them, word by word. */
  @Test
  void theColumnsAreThePromisedOnesInThePromisedOrder() {
    assertThat(columns(Table.RUNS)).isEqualTo(
        "run_id, experiment, point, repeat, seed, engine, profile, scenario_sha256, params, "
            + "status, message, simulated_ns, events, packet_hops");
    assertThat(columns(Table.EXECUTIONS)).isEqualTo(
        "run_id, tool_version, git_commit, git_dirty, jvm, host, wall_ns, cpu_ns, "
            + "allocated_bytes, peak_rss_bytes");
    assertThat(columns(Table.JOBS)).isEqualTo(
        "run_id, tenant, job, kind, network, isolation, submit_ns, start_ns, end_ns, "
            + "pending_reason, ranks, steps, slowdown_ratio, gpu_busy_ratio, cost_usd");
    assertThat(columns(Table.STEPS)).isEqualTo(
        "run_id, job, step, start_ns, compute_ns, comm_ns, exposed_comm_ns, straggler_rank");
    assertThat(columns(Table.COLLECTIVES)).isEqualTo(
        "run_id, job, op, algorithm, ranks, bytes, start_ns, end_ns, algbw_bps, busbw_bps");
    assertThat(columns(Table.REQUESTS)).isEqualTo(
        "run_id, tenant, service, arrive_ns, queue_ns, network_ns, compute_ns, total_ns, outcome");
    assertThat(columns(Table.FLOWS)).isEqualTo(
        "run_id, flow, tenant, src, dst, bytes, start_ns, fct_ns, ideal_fct_ns, slowdown_ratio, "
            + "goodput_bps, retransmits, encap_bytes, verdict, rule");
    assertThat(columns(Table.LATENCY)).isEqualTo(
        "run_id, tenant, path, metric, count, mean_ns, p50_ns, p90_ns, p99_ns, p999_ns, "
            + "p9999_ns, max_ns, p99_low_ns, p99_high_ns, "
            + "p50_low_ns, p50_high_ns, p90_low_ns, p90_high_ns, p999_low_ns, p999_high_ns, "
            + "p9999_low_ns, p9999_high_ns, histogram");
    assertThat(columns(Table.HOST_CPU)).isEqualTo(
        "run_id, host, core, tenant, component, window_start_ns, window_ns, busy_ns, packets, "
            + "bytes");
    assertThat(columns(Table.LINKS)).isEqualTo(
        "run_id, link, window_start_ns, window_ns, tx_bytes, utilisation_ratio, queue_bytes_max, "
            + "drops, ecn_marks, pfc_pause_ns");
  }

  @Test
  void theTablesStandInThePromisedOrder() {
    assertThat(Table.values()).extracting(Table::tableName)
        .containsExactly(
            "runs", "executions", "jobs", "steps", "collectives", "requests", "flows", "latency",
            "host_cpu", "links");
  }

  @ParameterizedTest
  @EnumSource
  void everyTableStartsWithTheRunAsAWholeNumber(Table table) {
    Column first = table.columns().getFirst();

    assertThat(first.name()).isEqualTo("run_id");
    assertThat(first.type()).isEqualTo(ColumnType.INT64);
    assertThat(first.nullable()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void everyTimeAndSizeIsA64BitNumberAndHasAUnit(Table table) {
    for (Column column : table.columns()) {
      if (column.name().endsWith("_ns") || column.name().contains("bytes")) {
        assertThat(column.type()).as(column.name()).isEqualTo(ColumnType.INT64);
        assertThat(column.unit()).as(column.name()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTableIsFoundByItsName(Table table) {
    assertThat(Table.named(table.tableName())).contains(table);
  }

  @Test
  void aColumnWithoutAMeaningIsRefused() {
    record Silent(long runId) {}

    assertThatThrownBy(() -> Column.of(Silent.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Silent.runId has no @Explain");
  }

  @Test
  void aColumnOfATypeThatNoColumnHoldsIsRefused() {
    record Listed(@Explain("Something.") List<String> names) {}

    assertThatThrownBy(() -> Column.of(Listed.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no column can hold a java.util.List");
  }

  @Test
  void aColumnWhoseEveryValueCountsIsNotNullable() {
    record Marked(@Explain("Something.") @Nullable double shareRatio) {}

    assertThatThrownBy(() -> Column.of(Marked.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Marked.shareRatio is @Nullable, but no value of it stands for none");
  }

  private static String columns(Table table) {
    return String.join(", ", table.columns().stream().map(Column::name).toList());
  }
}
