package org.podpath.experiments.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is said of a job on the console and compared with measurements. */
public enum Metric {
  STEP("step_time", "ms", 2, "Mean time of a training step."),
  COLLECTIVE("collective_time", "us", 1, "Mean time of a collective."),
  BUS_BANDWIDTH("busbw", "Gb/s", 2, "Bus bandwidth of a collective as nccl-tests define it."),
  P50("p50", "us", 1, "Median time from sending a request to having read its reply."),
  P99("p99", "us", 1, "The same, 99th percentile."),
  P999("p999", "us", 1, "The same, 99.9th percentile."),
  THROUGHPUT("throughput", "Gb/s", 2,
      "Payload of a stream's flows over the time from its start to the last byte read."),
  GOODPUT("goodput", "Gb/s", 2,
      "Payload that arrived of an incast or of datagrams over the time from the first byte sent"
          + " to the last one read."),
  SENT("sent", "1/s", 0, "Datagrams that left the sender in a second."),
  DELIVERED("delivered", "ratio", 4,
      "Share of the payload of datagrams sent that the receiver read."),
  FLOW_P50("flow_p50", "us", 1,
      "Median time from the start of an incast's round until a sender's bytes have been read."),
  FLOW_P99("flow_p99", "us", 1, "The same, 99th percentile."),
  TRANSACTION("transaction", "us", 1,
      "Median time from sending a request to having read its reply."),
  CPU("cpu", "ns", 3,
      "CPU time on all hosts, in nanoseconds of the reference core, per payload byte of a stream, per"
          + " transaction or per datagram sent."),
  HOST_CPU("host_cpu", "ns", 3, "The same in nanoseconds of the profile's core."),
  CORES("cores", "cores", 3,
      "Cores kept busy for the tenant on all hosts; of cores that poll in vain and of what agents do,"
          + " tenants with pods on the host have equal parts."),
  BUSIEST_CPU("busiest_cpu", "ratio", 3,
      "Share of the job's time for which the busiest CPU was busy, for whatever tenant."),
  QUEUE_WAIT("queue_wait", "us", 2,
      "Mean time for which frames wait in the receive queues of a service's hosts until a poll takes"
          + " them, moderation and interrupt included."),
  MD1_WAIT("md1_wait", "us", 2,
      "What queue_wait is of M/D/1 queues that are as busy with as many frames, and begin as long after a"
          + " frame that finds them quiet. Both are there where all jobs are services"
          + " and no ring drops."),
  PROGRAMMING("programming", "ms", 2,
      "Mean time from when a pod comes to one of the job's hosts, or goes, until agents have written what"
          + " that changes there, for all tenants and churn together."),
  PROGRAMMING_MAX("programming_max", "ms", 2, "The same, the longest."),
  PACKETS_PER_CORE("packets_per_core", "Mpps", 3,
      "Datagrams per second that the receiving host's busiest core takes while it is busy with them; of"
          + " all jobs that send to the pod."),
  SENDER_CORES("sender_cores", "cores", 3,
      "Cores kept busy on the sending host while the job runs."),
  RECEIVER_CORES("receiver_cores", "cores", 3,
      "Cores kept busy on the receiving host while the job runs.");

  private final String id;
  private final String unit;
  private final int decimals;
  private final String meaning;

  Metric(String id, String unit, int decimals, String meaning) {
    this.id = id;
    this.unit = unit;
    this.decimals = decimals;
    this.meaning = meaning;
  }

  /** Name in tables and files. */
  public String id() {
    return id;
  }

  /** Unit of its values. */
  public String unit() {
    return unit;
  }

  /** Decimals that are worth printing. */
  public int decimals() {
    return decimals;
  }

  /** What it is. */
  public String meaning() {
    return meaning;
  }

  /** The metric called {@code id}. */
  public static Optional<Metric> of(String id) {
    return Arrays.stream(values()).filter(metric -> metric.id.equals(id)).findFirst();
  }

  /** Names of all metrics. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Metric::id).toList();
  }
}
