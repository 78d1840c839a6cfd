package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.podpath.engine.kernel.Simulator;
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
    @Default("until every job is done")
    @Range(least = 1, most = Simulator.LONGEST_RUN_PS) OptionalLong durationPs,
    @Explain("Length of the windows that the tables links and host_cpu have rows for.")
    @Default("the whole run")
    @Range(least = 1_000_000, most = Simulator.LONGEST_RUN_PS) OptionalLong windowPs,
    @Explain("The machines and the wires between them.") Cluster cluster,
    @Explain("The container network.") Network network,
    @Explain("Which pod runs on which host.") @Default("spread") Placement placement,
    @Explain("Who shares the cluster, by name.") @Range(least = 1) Map<String, TenantSpec> tenants,
    @Explain("Runs of each point, each with random numbers of its own.")
    @Default("1") @Range(least = 1, most = 100_000) int repeat,
    @Explain("CSV file of measurements to compare with, beside the scenario.")
    @Default("nothing to compare with") Optional<String> measured,
    @Explain("Frames to write to a file.")
    @Default("no frame is written") Optional<Capture> capture) {

  /**
   * A scenario whose parts fit together.
   *
   * @throws InvalidParameters with everything that does not
   */
  public Scenario {
    List<Problem> problems =
        new ArrayList<>(
            new ScenarioRules(
                experiment, cluster, network, placement, tenants, durationPs, engine)
                    .problems());
    capture.ifPresent(written -> problems.addAll(written.problems(engine)));
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
  }

  /** Every pod once, in the order of the jobs. */
  public List<PodSpec> pods() {
    return placedJobs().pods();
  }

  /**
   * The pods of a job: of a training its ranks, then its parameter servers; of serving the servers,
   * then the clients.
   *
   * @param job its position among the tenant's
   */
  public List<PodSpec> pods(String tenant, int job) {
    PlacedJobs placed = placedJobs();
    return placed.pods(placed.job(tenant, job));
  }

  /**
   * Why a job does not run, in words; empty if it runs.
   *
   * @param job its position among the tenant's
   */
  public Optional<String> pendingReason(String tenant, int job) {
    PlacedJobs placed = placedJobs();
    return placed.pendingReason(placed.job(tenant, job));
  }

  /**
   * Ranks on each host that a job uses; empty if it is pending or they do not stand in equal
   * groups, one host after the other, as they do for every hierarchical collective that runs.
   *
   * @param job its position among the tenant's
   */
  public OptionalInt ranksPerHost(String tenant, int job) {
    PlacedJobs placed = placedJobs();
    return placed.ranksPerHost(placed.job(tenant, job));
  }

  private PlacedJobs placedJobs() {
    return new PlacedJobs(cluster, placement, tenants);
  }
}
