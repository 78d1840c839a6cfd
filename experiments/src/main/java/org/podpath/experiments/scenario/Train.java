package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.NameOf;
import org.podpath.experiments.yaml.Range;
import org.podpath.experiments.yaml.YamlPath;
import org.podpath.workloads.ModelTable;

/** Data-parallel training: in each step every rank computes and all add up their gradients. */
@Explain("Data-parallel training; write either model, or bytes and compute.")
public record Train(
    @Explain("Workers, each a pod with a GPU.") @Range(least = 1, most = 65_536) int ranks,
    @Explain("Whose gradients, and whose compute time if compute is not written.")
    @Default("bytes and compute say it") @NameOf("model") Optional<String> model,
    @Explain("Gradients that each rank has to share in each step.")
    @Default("the model's")
    @Range(least = 1, most = 1_000_000_000_000_000L) OptionalLong bytes,
    @Explain("Time that a rank computes in each step; the mean if it varies.")
    @Default("the model's") OptionalLong computePs,
    @Explain("How the ranks add up their gradients.") @Default("ring") Collective collective,
    @Explain("Parameter servers, each a pod with an equal share of the gradients.")
    @Default("1 with parameter-server, else none")
    @Range(least = 1, most = 65_536) OptionalInt servers,
    @Explain("Whether ranks wait for each other; only with parameter-server they need not.")
    @Default("true") boolean synchronous,
    @Explain("What of the network time a step hides behind its computation.")
    @Default("none") Overlap overlap,
    @Explain("Gradients sent together; the first bucket is 1 MB.")
    @Default("25MB with overlap: buckets")
    @Range(least = 1, most = 1_000_000_000_000_000L) OptionalLong bucketBytes,
    @Explain("Steps of each rank.")
    @Default("as many as the run's duration allows")
    @Range(least = 1, most = 1_000_000_000) OptionalLong steps,
    @Explain("How the compute time of a rank differs from step to step.")
    @Default("none") Variation variation) implements Job {

  /** PyTorch DistributedDataParallel's {@code bucket_cap_mb}. */
  private static final long DEFAULT_BUCKET_BYTES = 25_000_000;

  /**
   * A training that is described once and completely.
   *
   * @throws InvalidParameters with everything that does not go together
   */
  public Train {
    List<Problem> problems = new ArrayList<>();
    boolean hasServers = collective == Collective.PARAMETER_SERVER;
    problems.addAll(CollectiveRules.problems(hasServers ? 2 : ranks, servers, collective));
    problems.addAll(problemsOfModel(model, bytes, computePs));
    if (!synchronous && !hasServers) {
      problems.add(
          problem("synchronous", "only ranks with parameter servers need not wait; write true, or"
              + " collective: parameter-server"));
    }
    if (overlap == Overlap.BUCKETS && hasServers) {
      problems.add(
          problem("overlap", "buckets do not go with parameter-server; write none, or another"
              + " collective"));
    }
    if (overlap == Overlap.NONE && bucketBytes.isPresent()) {
      problems.add(
          problem("bucket", "nothing is sent in buckets; write overlap: buckets too, or drop it"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
  }

  private static List<Problem> problemsOfModel(
      Optional<String> model, OptionalLong bytes, OptionalLong computePs) {
    if (model.isEmpty()) {
      return bytes.isPresent() && computePs.isPresent()
          ? List.of()
          : List.of(
              problem("model", "neither a model nor bytes with compute; write model: "
                  + ModelTable.names().getFirst() + ", or both bytes and compute"));
    }
    if (bytes.isPresent()) {
      return List.of(
          problem("bytes", "model: " + model.get() + " says it already; write one of them"));
    }
    return computePs.isPresent() || ModelTable.of(model.get()).computePs().isPresent()
        ? List.of()
        : List.of(
            problem("compute", "no source says how long " + model.get()
                + " computes; write compute: … beside model"));
  }

  private static Problem problem(String key, String what) {
    return new Problem(YamlPath.of(key), what);
  }

  @Override
  public List<String> pods() {
    return List.of();
  }

  /** Gradients of one step of one rank, as written or the model's. */
  public long gradientBytes() {
    return bytes.orElseGet(() -> ModelTable.of(model.orElseThrow()).gradientBytes());
  }

  /** Mean compute time of one step of one rank, as written or the model's. */
  public long stepComputePs() {
    return computePs.orElseGet(
        () -> ModelTable.of(model.orElseThrow()).computePs().orElseThrow());
  }

  /** Pods that are parameter servers; 0 for the other collectives. */
  public int serverCount() {
    return collective == Collective.PARAMETER_SERVER ? servers.orElse(1) : 0;
  }

  /** Size of a bucket; 0 without buckets. */
  public long bucketSizeBytes() {
    return overlap == Overlap.BUCKETS ? bucketBytes.orElse(DEFAULT_BUCKET_BYTES) : 0;
  }
}
