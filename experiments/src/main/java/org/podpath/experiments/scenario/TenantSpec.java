package org.podpath.experiments.scenario;

import java.util.List;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.Range;

/** One tenant, as far as the user describes it. */
@Explain("One tenant.")
public record TenantSpec(
    @Explain("What the tenant does, all at once.") @Range(least = 1) List<Job> jobs,
    @Explain("Traffic class of its packets, for ports that tell classes apart.")
    @Default("0") @Range(most = 7) int trafficClass) {

  public TenantSpec {
    jobs = List.copyOf(jobs);
  }
}
