package org.podpath.experiments.run;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;

/**
 * What one job took of the CPUs in one run.
 *
 * <p>CPU time is known by tenant, so its metrics are there where the tenant has this job alone.
 */
final class JobCpu {
  private static final double PS_PER_NS = 1e3;
  private static final double PS_PER_US = 1e6;

  private final RunResult result;
  private final Cluster cluster;
  private final JobLog log;

  JobCpu(RunResult result, Cluster cluster, JobLog log) {
    this.result = result;
    this.cluster = cluster;
    this.log = log;
  }

  /** CPU time of all hosts for each of {@code units} bytes, packets or transactions, and of both ends. */
  Map<Metric, Double> perUnit(long units, int sender, int receiver) {
    if (!isKnown()) {
      return Map.of();
    }
    double slowness =
        Profiles.of(result.run().point().scenario().cluster().profile()).slownessRatio();
    double hostNs = busyPs(cpu -> true) / PS_PER_NS / units;
    return Map.of(
        Metric.HOST_CPU, hostNs,
        Metric.CPU, hostNs / slowness,
        Metric.SENDER_CORES, busyPs(cpu -> cpu.host() == sender) / jobPs(),
        Metric.RECEIVER_CORES, busyPs(cpu -> cpu.host() == receiver) / jobPs());
  }

  /** How many CPUs were busy on average while the job ran, and how busy the busiest was. */
  Map<Metric, Double> cores() {
    return isKnown()
        ? Map.of(
            Metric.CORES, busyPs(cpu -> true) / jobPs(), Metric.BUSIEST_CPU, busiestPs() / jobPs())
        : Map.of();
  }

  /**
   * Packets that the busiest CPU of {@code host} takes in a microsecond of its work; empty where it took
   * none from a card.
   */
  OptionalDouble packetsPerCore(int host) {
    TreeMap<Integer, Double> busyPs = new TreeMap<>();
    TreeMap<Integer, Long> packets = new TreeMap<>();
    for (CpuTime time : result.report().cpuTimes()) {
      if (time.host() == host && time.component() != Component.POLL) {
        busyPs.merge(time.cpu(), (double) time.busyPs(), Double::sum);
        long frames = time.component() == Component.DRIVER ? time.packets() : 0;
        packets.merge(time.cpu(), frames, Long::sum);
      }
    }
    return busyPs.entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .filter(most -> packets.get(most.getKey()) > 0)
        .map(most -> OptionalDouble.of(packets.get(most.getKey()) * PS_PER_US / most.getValue()))
        .orElse(OptionalDouble.empty());
  }

  private boolean isKnown() {
    return aloneInTenant() && result.simulatedPs() > 0;
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

  /**
   * Turns of polls that find nothing, while the job runs, and agents: a part for each tenant on the host.
   */
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
}
