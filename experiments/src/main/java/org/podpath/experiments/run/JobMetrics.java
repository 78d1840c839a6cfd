package org.podpath.experiments.run;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.RunReport.Latency;
import org.podpath.experiments.scenario.AllReduce;
import org.podpath.experiments.scenario.Datagrams;
import org.podpath.experiments.scenario.Incast;
import org.podpath.experiments.scenario.Job;
import org.podpath.experiments.scenario.Serve;
import org.podpath.experiments.scenario.Train;
import org.podpath.workloads.CollectiveOperation;
import org.podpath.workloads.IncastJob;
import org.podpath.workloads.JobObserver;
import org.podpath.workloads.NodeAgents;
import org.podpath.workloads.RequestResponseJob;
import org.podpath.workloads.ServingJob;

/** The metrics of one job in one run. */
final class JobMetrics {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double NS_PER_MS = 1e6;
  private static final double PS_PER_US = 1e6;
  private static final double PS_PER_MS = 1e9;

  private final RunResult result;
  private final Cluster cluster;
  private final JobLog log;
  private final JobCpu cpu;
  private final EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);

  private JobMetrics(RunResult result, Cluster cluster, JobLog log) {
    this.result = result;
    this.cluster = cluster;
    this.log = log;
    cpu = new JobCpu(result, cluster, log);
  }

  /** The metrics of the job of {@code log}, those that could be had. */
  static Map<Metric, Double> of(RunResult result, JobLog log) {
    boolean played =
        log.startPs() >= 0
            && result.run().alone().map(log.spec().name()::equals).orElse(true);
    return result
        .cluster()
        .filter(cluster -> played)
        .map(cluster -> new JobMetrics(result, cluster, log).values())
        .orElse(Map.of());
  }

  private Map<Metric, Double> values() {
    programming();
    switch (log.spec().job()) {
      case Job.Stream stream -> stream(stream);
      case Job.RequestResponse loop -> transactions(loop);
      case Train train -> {
        if (!log.steps().isEmpty()) {
          values.put(Metric.STEP, meanStepPs(log) / PS_PER_MS);
          values.putAll(cpu.cores());
        }
      }
      case AllReduce collective -> collectives(collective);
      case Serve serve -> {
        requests();
        if (onlyServices()) {
          queues(serve);
        }
      }
      case Incast incast -> incast();
      case Datagrams datagrams -> datagrams(datagrams);
    }
    return values;
  }

  /** Mean length of the training steps. */
  static double meanStepPs(JobLog log) {
    return log.steps()
        .stream()
        .mapToLong(step -> step.endPs() - step.startPs())
        .average()
        .orElse(Double.NaN);
  }

  private void stream(Job.Stream stream) {
    long bytes = deliveredBytes(flows());
    if (bytes > 0) {
      values.put(Metric.THROUGHPUT, gigabitsPerSecond(flows()));
      values.putAll(cpu.perUnit(bytes, hostOf(stream.from()), hostOf(stream.to())));
    }
  }

  private void incast() {
    if (deliveredBytes(flows()) > 0) {
      values.put(Metric.GOODPUT, gigabitsPerSecond(flows()));
    }
    latency(log.path(), IncastJob.FLOW)
        .ifPresent(
            ns -> {
              Quantiles quantiles = new Quantiles(ns);
              quantiles.at(0.5).ifPresent(v -> values.put(Metric.FLOW_P50, v / 1e3));
              quantiles.at(0.99).ifPresent(v -> values.put(Metric.FLOW_P99, v / 1e3));
            });
  }

  private void datagrams(Datagrams job) {
    flows().stream()
        .filter(flow -> flow.sentBytes() > 0 && flow.endPs() > flow.startPs())
        .findFirst()
        .ifPresent(
            flow -> {
              double seconds = (flow.endPs() - flow.startPs()) / 1e12;
              values.put(Metric.GOODPUT, gigabitsPerSecond(List.of(flow)));
              values.put(Metric.SENT, flow.sentBytes() / seconds / job.sizeBytes());
              values.put(
                  Metric.DELIVERED, flow.deliveredBytes() / (double) flow.sentBytes());
              long packets = Math.ceilDiv(flow.sentBytes(), job.sizeBytes());
              values.putAll(cpu.perUnit(packets, hostOf(job.from()), hostOf(job.to())));
              if (isFirstTo(job.to())) {
                cpu.packetsPerCore(hostOf(job.to()))
                    .ifPresent(rate -> values.put(Metric.PACKETS_PER_CORE, rate));
              }
            });
  }

  /** What is said of a pod is said once, of the first job that sends to it. */
  private boolean isFirstTo(String pod) {
    return result.jobs()
        .stream()
        .filter(other -> other.spec().job() instanceof Datagrams its && its.to().equals(pod))
        .findFirst()
        .orElseThrow()
        .equals(log);
  }

  private List<FinishedFlow> flows() {
    return result.report()
        .flows()
        .stream()
        .filter(flow -> log.owns(flow.flow().connection()))
        .toList();
  }

  private static long deliveredBytes(List<FinishedFlow> flows) {
    return flows.stream().mapToLong(FinishedFlow::deliveredBytes).sum();
  }

  private static double gigabitsPerSecond(List<FinishedFlow> flows) {
    long startPs = flows.stream().mapToLong(FinishedFlow::startPs).min().orElse(0);
    long endPs = flows.stream().mapToLong(FinishedFlow::endPs).max().orElse(0);
    return deliveredBytes(flows) * 8e3 / (endPs - startPs);
  }

  private void transactions(Job.RequestResponse loop) {
    latency(log.path(), RequestResponseJob.TRANSACTION)
        .ifPresent(
            ns -> {
              values.put(Metric.TRANSACTION, ns.getValueAtPercentile(50) / 1e3);
              tail(new Quantiles(ns));
              values.putAll(
                  cpu.perUnit(ns.getTotalCount(), hostOf(loop.from()), hostOf(loop.to())));
            });
  }

  private void requests() {
    latency(log.path(), ServingJob.REQUEST)
        .ifPresent(
            ns -> {
              Quantiles quantiles = new Quantiles(ns);
              quantiles.at(0.5).ifPresent(v -> values.put(Metric.P50, v / 1e3));
              tail(quantiles);
              values.putAll(cpu.cores());
            });
  }

  private void tail(Quantiles quantiles) {
    quantiles.at(0.99).ifPresent(v -> values.put(Metric.P99, v / 1e3));
    quantiles.at(0.999).ifPresent(v -> values.put(Metric.P999, v / 1e3));
  }

  /** Windows of streams come in bursts, and their queues are no M/D/1 queues. */
  private boolean onlyServices() {
    return result.run()
        .point()
        .scenario()
        .tenants()
        .values()
        .stream()
        .flatMap(tenant -> tenant.jobs().stream())
        .allMatch(Serve.class::isInstance);
  }

  /** The pods of a service are its servers, then its clients. */
  private void queues(Serve serve) {
    Set<Integer> hosts =
        result.run()
            .point()
            .scenario()
            .pods(log.spec().tenant(), log.spec().position())
            .stream()
            .limit(serve.servers())
            .map(pod -> hostOf(pod.name()))
            .collect(Collectors.toSet());
    QueueWaits waits = QueueWaits.of(result, hosts);
    if (Double.isFinite(waits.md1Ps())) {
      values.put(Metric.QUEUE_WAIT, waits.waitPs() / PS_PER_US);
      values.put(Metric.MD1_WAIT, waits.md1Ps() / PS_PER_US);
    }
  }

  /** Of pods that came and went on the hosts of the job, its own and others. */
  private void programming() {
    List<Latency> waits =
        result.report()
            .latencies()
            .stream()
            .filter(latency -> latency.key().metric().equals(NodeAgents.PROGRAMMING))
            .toList();
    if (waits.isEmpty()) {
      return;
    }
    Set<String> hosts = hosts();
    Histogram ns = new Histogram(SIGNIFICANT_DIGITS);
    waits.stream()
        .filter(latency -> hosts.contains(latency.key().path()))
        .forEach(latency -> ns.add(latency.ns()));
    if (ns.getTotalCount() > 0) {
      values.put(Metric.PROGRAMMING, ns.getMean() / NS_PER_MS);
      values.put(Metric.PROGRAMMING_MAX, ns.getMaxValue() / NS_PER_MS);
    }
  }

  /** Names of the hosts that the job's pods are on. */
  private Set<String> hosts() {
    Set<String> pods =
        result.run()
            .point()
            .scenario()
            .pods(log.spec().tenant(), log.spec().position())
            .stream()
            .map(pod -> pod.name())
            .collect(Collectors.toSet());
    return cluster.pods()
        .stream()
        .filter(pod -> pods.contains(pod.name()))
        .map(pod -> cluster.hostOf(pod.id()).name())
        .collect(Collectors.toSet());
  }

  private void collectives(AllReduce collective) {
    double meanPs =
        log.collectives()
            .stream()
            .mapToLong(done -> done.endPs() - done.startPs())
            .average()
            .orElse(0);
    if (meanPs > 0) {
      JobObserver.Collective first = log.collectives().getFirst();
      values.put(Metric.COLLECTIVE, meanPs / PS_PER_US);
      values.put(
          Metric.BUS_BANDWIDTH,
          CollectiveOperation.ALL_REDUCE.busBitsPerSecond(
              first.ranks(), first.bytes(), Math.round(meanPs))
              / 1e9);
    }
  }

  /** Quantiles outside the validity of the engine are not reported. */
  private Optional<Histogram> latency(String path, String metric) {
    return result.report()
        .latencies()
        .stream()
        .filter(l -> result.ok() && l.key().path().equals(path) && l.key().metric().equals(metric))
        .map(Latency::ns)
        .findFirst();
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
