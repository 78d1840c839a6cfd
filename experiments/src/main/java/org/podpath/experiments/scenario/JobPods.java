package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pods of one job, in order.
 *
 * @param job its position among the tenant's
 * @param names those that need a GPU first
 * @param gpus how many of them need one
 */
record JobPods(String tenant, int job, List<String> names, int gpus) {

  /** The pods of every job, tenant after tenant. */
  static List<JobPods> of(Map<String, TenantSpec> tenants) {
    PodNames podNames = new PodNames();
    List<JobPods> all = new ArrayList<>();
    tenants.forEach((tenant, spec) -> {
      for (int position = 0; position < spec.jobs().size(); position++) {
        Job job = spec.jobs().get(position);
        List<PodNames.Group> groups = groups(job);
        all.add(
            groups.isEmpty()
                ? new JobPods(tenant, position, job.pods(), 0)
                : new JobPods(
                    tenant, position, podNames.make(tenant, groups), gpus(job)));
      }
    });
    return all;
  }

  /** What tells the job from all others. */
  String id() {
    return tenant + "/" + job;
  }

  /** How many of the pods that a job makes need a GPU each. */
  private static int gpus(Job job) {
    return switch (job) {
      case Train train -> train.ranks();
      case Serve serve -> serve.servers();
      case AllReduce reduce -> reduce.ranks();
      case Incast incast -> 0;
      case Job.Stream stream -> 0;
      case Job.RequestResponse loop -> 0;
      case Datagrams datagrams -> 0;
    };
  }

  /** What a job makes, the group with GPUs first; none if the user names its pods. */
  private static List<PodNames.Group> groups(Job job) {
    return switch (job) {
      case Job.Stream stream -> List.of();
      case Job.RequestResponse loop -> List.of();
      case Datagrams datagrams -> List.of();
      case Incast incast -> groups("receiver", 1, "sender", incast.senders());
      case Train train -> groups("train", train.ranks(), "ps", train.serverCount());
      case Serve serve -> groups("server", serve.servers(), "client", serve.clients());
      case AllReduce reduce -> groups("rank", reduce.ranks(), "ps", reduce.serverCount());
    };
  }

  private static List<PodNames.Group> groups(
      String role, int pods, String otherRole, int otherPods) {
    PodNames.Group first = new PodNames.Group(role, pods);
    return otherPods == 0
        ? List.of(first)
        : List.of(first, new PodNames.Group(otherRole, otherPods));
  }
}
