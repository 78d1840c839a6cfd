package org.podpath.experiments.run;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.RunReport.Latency;
import org.podpath.experiments.scenario.Job;
import org.podpath.workloads.RequestResponseJob;

/**
 * The metrics of one job in one run.
 *
 * <p>CPU time is known by tenant, so the metrics of CPU are there where the tenant has this job
 * alone.
 */
final class JobMetrics {
  private static final int MEDIAN = 50;

  private final RunResult result;
  private final Cluster cluster;
  private final JobEnd job;

  private JobMetrics(RunResult result, Cluster cluster, JobEnd job) {
    this.result = result;
    this.cluster = cluster;
    this.job = job;
  }

  /** The metrics of {@code job}, those that could be had. */
  static Map<Metric, Double> of(RunResult result, JobEnd job) {
    EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);
    result
        .cluster()
        .ifPresent(cluster -> new JobMetrics(result, cluster, job).addTo(values));
    return values;
  }

  private void addTo(EnumMap<Metric, Double> values) {
    switch (job.job()) {
      case Job.Stream stream -> {
        List<FinishedFlow> flows = flows(stream);
        long bytes = flows.stream().mapToLong(FinishedFlow::deliveredBytes).sum();
        long startPs = flows.stream().mapToLong(FinishedFlow::startPs).min().orElse(0);
        long endPs = flows.stream().mapToLong(FinishedFlow::endPs).max().orElse(0);
        if (bytes > 0) {
          values.put(Metric.THROUGHPUT, bytes * 8e3 / (endPs - startPs));
          addCpu(values, bytes);
        }
      }
      case Job.RequestResponse loop -> {
        String path = loop.from() + " > " + loop.to();
        for (Latency latency : result.report().latencies()) {
          if (latency.key().metric().equals(RequestResponseJob.TRANSACTION)
              && latency.key().path().equals(path)
              && result.ok()) {
            values.put(Metric.TRANSACTION, latency.ns().getValueAtPercentile(MEDIAN) / 1e3);
            addCpu(values, latency.ns().getTotalCount());
          }
        }
      }
    }
  }

  private List<FinishedFlow> flows(Job.Stream stream) {
    Predicate<FinishedFlow> mine =
        flow -> name(flow.flow().sourcePod()).equals(stream.from())
            && name(flow.flow().destinationPod()).equals(stream.to());
    return result.report().flows().stream().filter(mine).toList();
  }

  private String name(int pod) {
    return cluster.pods().get(pod).name();
  }

  private void addCpu(EnumMap<Metric, Double> values, long units) {
    boolean alone =
        result.jobs().stream().filter(other -> other.tenant().equals(job.tenant())).count() == 1;
    if (!alone || result.simulatedPs() == 0) {
      return;
    }
    double slowness =
        Profiles.of(result.run().point().scenario().cluster().profile()).slownessRatio();
    double hostNs = busyPs(cpu -> true) / 1e3 / units;
    values.put(Metric.HOST_CPU, hostNs);
    values.put(Metric.CPU, hostNs / slowness);
    int sender = hostOf(job.job().pods().getFirst());
    int receiver = hostOf(job.job().pods().getLast());
    values.put(Metric.SENDER_CORES, busyPs(cpu -> cpu.host() == sender) / result.simulatedPs());
    values.put(
        Metric.RECEIVER_CORES, busyPs(cpu -> cpu.host() == receiver) / result.simulatedPs());
  }

  private double busyPs(Predicate<CpuTime> where) {
    return result.report()
        .cpuTimes()
        .stream()
        .filter(cpu -> cluster.tenants().get(cpu.tenant()).name().equals(job.tenant()))
        .filter(where)
        .mapToDouble(CpuTime::busyPs)
        .sum();
  }

  private int hostOf(String podName) {
    return cluster.pods()
        .stream()
        .filter(pod -> pod.name().equals(podName))
        .map(Pod::host)
        .findFirst()
        .orElseThrow();
  }
}
