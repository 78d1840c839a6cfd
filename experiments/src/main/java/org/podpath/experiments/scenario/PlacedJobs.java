package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.podpath.workloads.Placement.Machines;
import org.podpath.workloads.Placement.Placed;
import org.podpath.workloads.Placement.Request;

/** The pods of all jobs of a scenario, and where they are. */
final class PlacedJobs {
  private final Cluster cluster;
  private final Placement placement;
  private final List<JobPods> jobs;
  private final Set<String> podsWithGpu = new HashSet<>();

  PlacedJobs(Cluster cluster, Placement placement, Map<String, TenantSpec> tenants) {
    this.cluster = cluster;
    this.placement = placement;
    jobs = JobPods.of(tenants);
    jobs.forEach(job -> podsWithGpu.addAll(job.names().subList(0, job.gpus())));
  }

  /** The pods of each job, tenant after tenant. */
  List<JobPods> jobs() {
    return jobs;
  }

  /**
   * The pods of a job.
   *
   * @throws IllegalArgumentException if there is no such job
   */
  JobPods job(String tenant, int job) {
    return jobs.stream()
        .filter(pods -> pods.tenant().equals(tenant) && pods.job() == job)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no job " + tenant + "/" + job));
  }

  /** Every pod once, in the order of its first job. */
  List<PodSpec> pods() {
    Placed placed = placed();
    Map<String, PodSpec> pods = new LinkedHashMap<>();
    jobs.forEach(job -> job.names()
        .forEach(
            name -> pods.computeIfAbsent(name, n -> pod(job.tenant(), n, placed))));
    return List.copyOf(pods.values());
  }

  /** The pods of one job. */
  List<PodSpec> pods(JobPods job) {
    Placed placed = placed();
    return job.names().stream().map(name -> pod(job.tenant(), name, placed)).toList();
  }

  /**
   * Pods with a GPU on each host that a job uses; empty if the job is pending or they do not stand
   * in equal groups, one host after the other.
   */
  OptionalInt ranksPerHost(JobPods job) {
    List<OptionalInt> hosts = pods(job).stream().limit(job.gpus()).map(PodSpec::host).toList();
    if (hosts.isEmpty() || hosts.get(0).isEmpty()) {
      return OptionalInt.empty();
    }
    int each = hosts.lastIndexOf(hosts.get(0)) + 1;
    Set<OptionalInt> seen = new HashSet<>();
    for (int first = 0; first < hosts.size(); first += each) {
      int next = first + each;
      if (next > hosts.size()
          || !seen.add(hosts.get(first))
          || hosts.subList(first, next).stream().distinct().count() > 1) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(each);
  }

  /** What a job waits for; empty if its pods have hosts. */
  Optional<String> pendingReason(JobPods job) {
    return Optional.ofNullable(placed().reasonByPendingJob().get(job.id()));
  }

  /** What a job would wait for if it had the cluster for itself: it would wait forever. */
  Optional<String> pendingReasonAlone(JobPods job) {
    return Optional.ofNullable(
        byWorkloads().place(requests(job), machines()).reasonByPendingJob().get(job.id()));
  }

  private PodSpec pod(String tenant, String name, Placed placed) {
    Integer host = placed.hostByPod().get(name);
    return new PodSpec(
        name,
        tenant,
        host == null ? OptionalInt.empty() : OptionalInt.of(host),
        podsWithGpu.contains(name));
  }

  private Placed placed() {
    List<Request> requests = new ArrayList<>();
    jobs.forEach(job -> requests.addAll(requests(job)));
    return byWorkloads().place(requests, machines());
  }

  private List<Request> requests(JobPods job) {
    return job.names()
        .stream()
        .map(name -> new Request(name, job.id(), podsWithGpu.contains(name)))
        .toList();
  }

  private Machines machines() {
    return new Machines(cluster.hostCount(), cluster.gpus(), cluster.cores());
  }

  private org.podpath.workloads.Placement byWorkloads() {
    return switch (placement) {
      case Placement.Rule rule -> org.podpath.workloads.Placement.Rule.valueOf(rule.name());
      case Placement.Fixed fixed -> {
        Map<String, Integer> hosts = new HashMap<>();
        fixed.hosts()
            .forEach((pod, host) -> hosts.put(pod, ScenarioRules.host(host).getAsInt()));
        yield new org.podpath.workloads.Placement.ByHand(hosts);
      }
    };
  }
}
