package org.podpath.workloads;

/**
 * What a data-parallel training job repeats.
 *
 * @param ranks workers, one GPU each
 * @param servers parameter servers; 0 unless the algorithm is {@link Algorithm#PARAMETER_SERVER}
 * @param gradientBytes exchanged in a step
 * @param computePs forward and backward pass of a rank
 * @param synchronous whether all ranks wait for each other; false only with parameter servers
 * @param bucketBytes gradients are sent in buckets of this size while the backward pass goes on; 0: all
 *     together when it has ended
 * @param steps to do; {@link Long#MAX_VALUE}: until the run ends
 * @param exponential whether compute times vary exponentially about {@code computePs}
 * @param gpusPerHost ranks that a host holds, for hierarchical collectives
 * @param reduction what adding received gradients costs
 */
public record TrainingPlan(
    int ranks,
    int servers,
    Algorithm algorithm,
    long gradientBytes,
    long computePs,
    boolean synchronous,
    long bucketBytes,
    long steps,
    boolean exponential,
    int gpusPerHost,
    Reduction reduction) {
  public TrainingPlan {
    boolean serves = algorithm == Algorithm.PARAMETER_SERVER;
    if (ranks < 1 || gradientBytes <= 0 || computePs < 0 || steps <= 0) {
      throw new IllegalArgumentException(
          ranks + " ranks, " + gradientBytes + " bytes, " + computePs + " ps, " + steps
              + " steps are no training");
    }
    if (serves != servers > 0 || !serves && !synchronous || serves && bucketBytes > 0) {
      throw new IllegalArgumentException(
          "servers, and steps without waiting, belong to parameter servers; buckets do not");
    }
  }
}
