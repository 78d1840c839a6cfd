package org.podpath.experiments.run;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;
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

/**
 * The metrics of one job in one run.
 *
 * <p>CPU time is known by tenant, so the metrics of CPU are there where the tenant has this job alone.
 */
final class JobMetrics {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double NS_PER_MS = 1e6;
  private static final double PS_PER_US = 1e6;
  private static final double PS_PER_MS = 1e9;

  private final RunResult result;
  private final Cluster cluster;
  private final JobLog log;
  private final EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);

  private JobMetrics(RunResult result, Cluster cluster, JobLog log) {
    this.result = result;
    this.cluster = cluster;
    this.log = log;
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
          cores();
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
      cpu(bytes, stream.from(), stream.to());
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
              cpu(Math.ceilDiv(flow.sentBytes(), job.sizeBytes()), job.from(), job.to());
              packetsPerCore(job);
            });
  }

  /** Said once for all jobs that send to a pod. */
  private void packetsPerCore(Datagrams job) {
    boolean first =
        result.jobs()
            .stream()
            .filter(
                other -> other.spec().job() instanceof Datagrams its && its.to().equals(job.to()))
            .findFirst()
            .orElseThrow()
            .equals(log);
    if (first) {
      int host = hostOf(job.to());
      TreeMap<Integer, Double> busyPs = new TreeMap<>();
      TreeMap<Integer, Long> packets = new TreeMap<>();
      for (CpuTime time : result.report().cpuTimes()) {
        if (time.host() == host && time.component() != Component.POLL) {
          busyPs.merge(time.cpu(), (double) time.busyPs(), Double::sum);
          long frames = time.component() == Component.DRIVER ? time.packets() : 0;
          packets.merge(time.cpu(), frames, Long::sum);
        }
      }
      busyPs.entrySet()
          .stream()
          .max(Map.Entry.comparingByValue())
          .filter(most -> most.getValue() > 0)
          .ifPresent(
              most -> values.put(
                  Metric.PACKETS_PER_CORE,
                  packets.get(most.getKey()) * PS_PER_US / most.getValue()));
    }
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
              cpu(ns.getTotalCount(), loop.from(), loop.to());
            });
  }

  private void requests() {
    latency(log.path(), ServingJob.REQUEST)
        .ifPresent(
            ns -> {
              Quantiles quantiles = new Quantiles(ns);
              quantiles.at(0.5).ifPresent(v -> values.put(Metric.P50, v / 1e3));
              tail(quantiles);
              cores();
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
    Set<String> hosts =
        result.run()
            .point()
            .scenario()
            .pods(log.spec().tenant(), log.spec().position())
            .stream()
            .map(pod -> cluster.topology().hosts().get(hostOf(pod.name())).name())
            .collect(Collectors.toSet());
    Histogram ns = new Histogram(SIGNIFICANT_DIGITS);
    result.report()
        .latencies()
        .stream()
        .filter(latency -> latency.key().metric().equals(NodeAgents.PROGRAMMING))
        .filter(latency -> hosts.contains(latency.key().path()))
        .forEach(latency -> ns.add(latency.ns()));
    if (ns.getTotalCount() > 0) {
      values.put(Metric.PROGRAMMING, ns.getMean() / NS_PER_MS);
      values.put(Metric.PROGRAMMING_MAX, ns.getMaxValue() / NS_PER_MS);
    }
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

  private void cpu(long units, String from, String to) {
    if (!aloneInTenant() || result.simulatedPs() == 0) {
      return;
    }
    double slowness =
        Profiles.of(result.run().point().scenario().cluster().profile()).slownessRatio();
    double hostNs = busyPs(cpu -> true) / 1e3 / units;
    values.put(Metric.HOST_CPU, hostNs);
    values.put(Metric.CPU, hostNs / slowness);
    int sender = hostOf(from);
    int receiver = hostOf(to);
    values.put(Metric.SENDER_CORES, busyPs(cpu -> cpu.host() == sender) / jobPs());
    values.put(Metric.RECEIVER_CORES, busyPs(cpu -> cpu.host() == receiver) / jobPs());
  }

  private void cores() {
    if (aloneInTenant() && result.simulatedPs() > 0) {
      values.put(Metric.CORES, busyPs(cpu -> true) / jobPs());
      values.put(Metric.BUSIEST_CPU, busiestPs() / jobPs());
    }
  }

  private double busiestPs() {
    TreeMap<Integer, Double> busyPs = new TreeMap<>();
    for (CpuTime time : result.report().cpuTimes()) {
      int cpu = time.host() * cluster.topology().hosts().getFirst().cpus() + time.cpu();
      busyPs.merge(cpu, whileItRunsPs(time), Double::sum);
    }
    return busyPs.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /** How long the job ran: the tenant does nothing before and after. */
  private double jobPs() {
    return (log.donePs() >= 0 ? log.donePs() : result.simulatedPs()) - log.startPs();
  }

  private boolean aloneInTenant() {
    return result.jobs()
        .stream()
        .filter(other -> other.spec().tenant().equals(log.spec().tenant()))
        .count()
        == 1;
  }

  private double busyPs(Predicate<CpuTime> where) {
    return result.report()
        .cpuTimes()
        .stream()
        .filter(where)
        .mapToDouble(cpu -> cpu.tenant() == CpuTime.NOBODY ? pollingPs(cpu) : workPs(cpu))
        .sum();
  }

  private double workPs(CpuTime cpu) {
    boolean own = cluster.tenants().get(cpu.tenant()).name().equals(log.spec().tenant());
    return own ? whileItRunsPs(cpu) : 0;
  }

  /** Cores that poll do so when the job is over, too, and agents write whenever pods come. */
  private double whileItRunsPs(CpuTime cpu) {
    boolean switches =
        cluster.topology().hosts().get(cpu.host()).isOfDatapath(cpu.cpu())
            && cpu.tenant() != CpuTime.NOBODY;
    boolean always =
        cpu.component() == Component.POLL || cpu.component() == Component.AGENT;
    return always && !switches
        ? cpu.busyPs() * jobPs() / result.simulatedPs()
        : cpu.busyPs();
  }

  /** Turns of polls that find nothing, while the job runs, and agents: a part for each tenant on the host. */
  private double pollingPs(CpuTime cpu) {
    List<String> tenants =
        cluster.pods()
            .stream()
            .filter(pod -> pod.host() == cpu.host())
            .map(pod -> cluster.tenants().get(pod.tenant()).name())
            .distinct()
            .toList();
    return tenants.contains(log.spec().tenant())
        ? whileItRunsPs(cpu) / tenants.size()
        : 0;
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
