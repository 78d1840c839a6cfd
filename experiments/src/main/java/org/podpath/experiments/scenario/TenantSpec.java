package org.podpath.experiments.scenario;

import java.util.List;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Range;

/** One tenant, as far as the user describes it. */
@Explain("One tenant.")
public record TenantSpec(
    @Explain("What the tenant does, all at once.")
    @Range(least = 1) List<Job> jobs) {

  public TenantSpec {
    jobs = List.copyOf(jobs);
  }
}
