package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.ExtraKey;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Range;

/**
 * Everything that a run depends on: one point of a sweep, or the whole of an experiment without.
 */
@Explain("One question, asked once or at every point of a sweep.")
@ExtraKey(
    key = "sweep",
    kind = "map of axes",
    explanation = "Axes; every combination of their values is a point, the first axis changing"
        + " slowest. An axis is a parameter's path with the list of its values, or a name of your own with"
        + " a map of named points, each a map of paths to values; a named point may set again what an"
        + " axis before it set.")
public record Scenario(
    @Explain("Name of the experiment and of its folder of results.") String experiment,
    @Explain("Where random numbers start; equal seeds give equal results.") @Default("1") long seed,
    @Explain("Which engine moves the bytes.") @Default("packet") EngineKind engine,
    @Explain("Simulated time after which a run ends.")
    @Default("until every job is done") @Range(least = 1) OptionalLong durationPs,
    @Explain("The machines and the wires between them.") Cluster cluster,
    @Explain("The container network.") Network network,
    @Explain("Which pod runs on which host.") @Default("spread") Placement placement,
    @Explain("Who shares the cluster, by name.") @Range(least = 1) Map<String, TenantSpec> tenants,
    @Explain("Runs of each point, each with random numbers of its own.")
    @Default("1") @Range(least = 1, most = 100_000) int repeat,
    @Explain("CSV file of measurements to compare with, beside the scenario.")
    @Default("nothing to compare with") Optional<String> measured) {

  /**
   * A scenario whose parts fit together.
   *
   * @throws InvalidParameters with everything that does not
   */
  public Scenario {
    List<Problem> problems =
        new ScenarioRules(experiment, cluster, network, placement, tenants).problems();
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
  }

  /** Every pod with its tenant and host, in the order in which the scenario names them. */
  public List<PodSpec> pods() {
    List<PodSpec> pods = new ArrayList<>();
    tenants.forEach(
        (tenant, spec) -> spec.pods()
            .forEach(pod -> pods.add(new PodSpec(pod, tenant, host(pod, pods.size())))));
    return List.copyOf(pods);
  }

  private int host(String pod, int position) {
    return switch (placement) {
      case Placement.Rule rule when rule == Placement.Rule.SPREAD -> position % cluster.hosts();
      case Placement.Rule rule -> position / ScenarioRules.podsOnAPackedHost(cluster);
      case Placement.Fixed fixed -> ScenarioRules.host(fixed.hosts().get(pod)).getAsInt();
    };
  }
}
