package org.podpath.experiments.scenario;

import java.util.List;
import java.util.OptionalInt;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Range;

/** A collective without the training around it, as nccl-tests runs it. */
@Explain("A bare all-reduce: every rank ends with the sum of what all ranks had.")
public record AllReduce(
    @Explain("Ranks, each a pod with a GPU.") @Range(least = 1, most = 65_536) int ranks,
    @Explain("What each rank has to share.")
    @Range(least = 1, most = 1_000_000_000_000_000L) long bytes,
    @Explain("How the ranks add up.") @Default("ring") Collective algorithm,
    @Explain("Parameter servers, each a pod with an equal share of the bytes.")
    @Default("1 with parameter-server, else none")
    @Range(least = 1, most = 65_536) OptionalInt servers,
    @Explain("How often, one after the other.")
    @Default("1") @Range(least = 1, most = 1_000_000) int repeat) implements Job {

  /**
   * An all-reduce of at least two ranks.
   *
   * @throws InvalidParameters with everything that does not go together
   */
  public AllReduce {
    List<Problem> problems = CollectiveRules.problems(ranks, servers, algorithm);
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
  }

  @Override
  public List<String> pods() {
    return List.of();
  }

  /** Pods that are parameter servers; 0 for the other algorithms. */
  public int serverCount() {
    return algorithm == Collective.PARAMETER_SERVER ? servers.orElse(1) : 0;
  }
}
