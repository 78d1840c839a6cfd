package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.experiments.scenario.AllReduce;
import org.podpath.experiments.scenario.Datagrams;
import org.podpath.experiments.scenario.Incast;
import org.podpath.experiments.scenario.Job;
import org.podpath.experiments.scenario.Scenario;
import org.podpath.experiments.scenario.Serve;
import org.podpath.experiments.scenario.Train;

/**
 * A job of a scenario.
 *
 * @param position among the tenant's jobs, from 0
 */
public record JobSpec(String tenant, int position, Job job) {

  /** All jobs of {@code scenario}, tenant by tenant. */
  public static List<JobSpec> of(Scenario scenario) {
    List<JobSpec> jobs = new ArrayList<>();
    scenario
        .tenants()
        .forEach(
            (tenant, spec) -> {
              for (int position = 0; position < spec.jobs().size(); position++) {
                jobs.add(new JobSpec(tenant, position, spec.jobs().get(position)));
              }
            });
    return jobs;
  }

  /** As in tables: {@code blue/0}. */
  public String name() {
    return tenant + "/" + position;
  }

  /**
   * What its latencies are called: {@code client > server}, with its name where another job of the
   * tenant has the same two pods; the name alone for a service.
   */
  static String path(JobSpec spec, List<JobSpec> all) {
    if (!(spec.job() instanceof Job.RequestResponse)) {
      return spec.name();
    }
    String pods = String.join(" > ", spec.job().pods());
    boolean shared =
        all.stream()
            .filter(other -> other.job() instanceof Job.RequestResponse)
            .filter(other -> other.tenant().equals(spec.tenant()))
            .filter(other -> other.job().pods().equals(spec.job().pods()))
            .count()
            > 1;
    return shared ? pods + " (" + spec.name() + ")" : pods;
  }

  /** What kind of job it is, as in scenarios. */
  public String kind() {
    return switch (job) {
      case Job.Stream stream -> "stream";
      case Job.RequestResponse loop -> "request-response";
      case Train train -> "train";
      case Serve serve -> "serve";
      case AllReduce collective -> "all-reduce";
      case Datagrams datagrams -> "datagrams";
      case Incast incast -> "incast";
    };
  }

  /** Ranks of a job that has them. */
  public Optional<Integer> ranks() {
    return switch (job) {
      case Job.Stream stream -> Optional.empty();
      case Job.RequestResponse loop -> Optional.empty();
      case Train train -> Optional.of(train.ranks());
      case Serve serve -> Optional.empty();
      case AllReduce collective -> Optional.of(collective.ranks());
      case Datagrams datagrams -> Optional.empty();
      case Incast incast -> Optional.empty();
    };
  }
}
