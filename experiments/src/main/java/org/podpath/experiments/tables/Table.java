package org.podpath.experiments.tables;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The result tables: each line is a table, its record says the rest. */
public enum Table {
  /** One row per run. */
  RUNS(RunRow.class, "One row per run: what was run and how it ended."),
  /** One row per run. */
  EXECUTIONS(ExecutionRow.class, "One row per run: what differs from one execution to the next."),
  /** One row per job. */
  JOBS(JobRow.class, "One row per job: when it ran and what sharing did to it."),
  /** One row per training step. */
  STEPS(StepRow.class, "One row per training step: computing, sending, waiting."),
  /** One row per collective operation. */
  COLLECTIVES(
      CollectiveRow.class, "One row per collective operation: its size, time and bandwidth."),
  /** One row per request. */
  REQUESTS(RequestRow.class, "One row per request to a service: where its time went."),
  /** One row per flow. */
  FLOWS(FlowRow.class, "One row per flow: bytes from one pod to another."),
  /** One row per tenant, path and metric. */
  LATENCY(LatencyRow.class, "One row per tenant, path and metric: how long something took."),
  /** One row per host, core, tenant, component and window. */
  HOST_CPU(
      HostCpuRow.class,
      "One row per host, core, tenant, component and window: what cores were busy with."),
  /** One row per link and window. */
  LINKS(
      LinkRow.class,
      "One row per link that was used and window: load, waiting, drops, marks and pauses; none in "
          + "the flow engine.");

  private final Class<? extends Record> row;
  private final String meaning;
  private final List<Column> columns;

  Table(Class<? extends Record> row, String meaning) {
    this.row = row;
    this.meaning = meaning;
    this.columns = Column.of(row);
  }

  /** The name of the table in files, queries and messages, such as {@code host_cpu}. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One row of the table. */
  public Class<? extends Record> row() {
    return row;
  }

  /** What a row stands for, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /** The columns in their order in the file. */
  List<Column> columns() {
    return columns;
  }

  /** The table of that name, if there is one. */
  public static Optional<Table> named(String tableName) {
    for (Table table : values()) {
      if (table.tableName().equals(tableName)) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }
}
