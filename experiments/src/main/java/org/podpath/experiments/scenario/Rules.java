package org.podpath.experiments.scenario;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.Range;

/** The rules that pods, services and policies leave in the datapath. */
@Explain("The rules that packets are checked against.")
public record Rules(
    @Explain("Pods on every node, beside those of jobs idle ones: networks that dispatch by pod have"
        + " rules for each.")
    @Default("the most that the placement puts on a host")
    @Range(most = 100_000) OptionalInt podsPerNode,
    @Explain("Services in the cluster, each with its address and back ends.")
    @Default("0") @Range(most = 1_000_000) int services,
    @Explain("Back ends of each service.")
    @Default("1") @Range(least = 1, most = 10_000) int endpoints,
    @Explain("Network policies that select the pods.")
    @Default("0") @Range(most = 1_000_000) int policies,
    @Explain("Pods that come to each node or go, at random times (Poisson) and beside those of jobs. Agents"
        + " write rules or maps for each, as for pods of tenants with a start.")
    @Default("none") @Range(least = 1, most = 36_000_000L) OptionalLong churnPerHour,
    @Explain("How nodes find a service's back end, on networks that leave it to kube-proxy.")
    @Default("iptables") KubeProxy kubeProxy,
    @Explain("Which packets search the rules of services and policies.")
    @Default("new-only") Walk walk) {
  private static final double SECONDS_PER_HOUR = 3_600;

  /** Pods that come to each node or go beside those of jobs, per second; 0 where none do. */
  public double churnPerSecond() {
    return churnPerHour.orElse(0) / SECONDS_PER_HOUR;
  }
}
