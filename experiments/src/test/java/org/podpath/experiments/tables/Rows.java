package org.podpath.experiments.tables;

import java.util.Map;

/** Rows of each table that are valid and differ in what matters to the tests. */
final class Rows {
  private Rows() {}

  static RunRow run(long runId) {
    return new RunRow(
        runId, "two-tenants", 0, 0, 7, "packet", "ref", "ab12", Map.of("network.cni", "cilium"),
        "ok", null, 5_000, 60, 70L);
  }

  static ExecutionRow execution(long runId) {
    return new ExecutionRow(
        runId, "0.1.0", null, null, "OpenJDK 25", "lab", 1_000_000, 900_000L, null, 40_000_000L);
  }

  static JobRow job(long runId) {
    return new JobRow(
        runId, "blue", "blue/0", "train", "cilium", null, 0, 0L, 8_000_000L, null, 8, 20, 1.25,
        0.5, null);
  }

  static StepRow step(long runId, int step) {
    return new StepRow(runId, "blue/0", step, 400_000L * step, 213_000, 150_000, 145_000, null);
  }

  static CollectiveRow collective(long runId) {
    return new CollectiveRow(
        runId, "blue/0", "all-reduce", "ring", 8, 102_200_000, 213_000, 358_000L, 5_600_000_000L,
        9_800_000_000L);
  }

  static RequestRow request(long runId, long arriveNs) {
    return new RequestRow(
        runId, "red", "red/0", arriveNs, 10_000, 50_000, 200_000, 260_000, "ok");
  }

  /** A request that was being served when the run ended. */
  static RequestRow unfinishedRequest(long runId, long arriveNs) {
    return new RequestRow(
        runId, "red", "red/0", arriveNs, 10_000, -1, -1, -1, "unfinished");
  }

  static FlowRow flow(long runId, long flow) {
    return new FlowRow(
        runId, flow, "blue", "client", "server", 1_000 * (flow + 1), 10 * flow, 2_000L, 1_000L,
        2.0, 4_000_000_000L, 0L, 50L, null, null);
  }

  static LatencyRow latency(long runId, Long p99Ns, byte[] histogram) {
    return new LatencyRow(
        runId, "blue", "client to server", "transaction", 20_000, 30_000L, 29_000L, 41_000L, p99Ns,
        null, null, 99_000L, p99Ns, p99Ns, 28_900L, 29_100L, 40_500L, 41_500L, null,
        null, null, null, histogram);
  }

  static HostCpuRow hostCpu(long runId, String tenant) {
    return new HostCpuRow(runId, "host0", 3, tenant, "irq", 0, 1_000_000, 250_000, 12, 18_000);
  }

  static LinkRow link(long runId) {
    return new LinkRow(runId, "leaf0.spine1", 0, 1_000_000, 62_500, 0.5, 9_000, 2, 3, 4_000);
  }
}
