package org.podpath.experiments.scenario;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.podpath.engine.kernel.Simulator;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.Range;

/** One tenant, as far as the user describes it. */
@Explain("One tenant.")
public record TenantSpec(
    @Explain("What the tenant does, all at once.") @Range(least = 1) List<Job> jobs,
    @Explain("Traffic class of its packets, for ports that tell classes apart.")
    @Default("0") @Range(most = 7) int trafficClass,
    @Explain("CPU time that the threads of each of its pods may use, in cores, such as 0.5"
        + " (Kubernetes: limits.cpu); softirqs do not count.")
    @Default("what they can get") @Range(most = 1_000_000) Optional<Double> quotaCores,
    @Explain("Largest rate at which the virtual function of each of its pods sends, headers included (ip"
        + " link set … vf N max_tx_rate), where network.cni is sriov.")
    @Default("the card's")
    @Range(least = 1_000_000, most = 8_000_000_000_000L) OptionalLong maxTxRateBitsPerSecond,
    @Explain("When its pods are created. Its jobs begin once agents have written rules and maps for all of"
        + " them on their nodes, and when the jobs are done the pods go.")
    @Default("long ago: jobs begin at once")
    @Range(most = Simulator.LONGEST_RUN_PS) OptionalLong startPs,
    @Explain("What each of its pods keeps in the last-level cache of its host (cluster.llc) beside"
        + " packets.")
    @Default("0B") @Range(most = 1_000_000_000_000L) long workingSetBytes) {
  /** Kubernetes knows no less: a thousandth of a core. */
  private static final double LEAST_QUOTA_CORES = 0.001;

  /**
   * What a tenant does, within its quota.
   *
   * @throws InvalidParameters if the quota leaves no time
   */
  public TenantSpec {
    jobs = List.copyOf(jobs);
    if (quotaCores.isPresent() && quotaCores.get() < LEAST_QUOTA_CORES) {
      throw new InvalidParameters("quota", "with " + plain(quotaCores.get()) + " cores threads get"
          + " next to nothing; write at least 0.001, or leave it out");
    }
  }

  private static String plain(double cores) {
    return new BigDecimal(Double.toString(cores)).stripTrailingZeros().toPlainString();
  }
}
