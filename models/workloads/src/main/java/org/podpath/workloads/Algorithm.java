package org.podpath.workloads;

import org.podpath.workloads.CollectiveSteps.Part;

/** Ways to sum a buffer over all ranks such that every rank has the sum. */
public enum Algorithm {
  /** {@link Collectives#ringAllReduce}. */
  RING("ring"),
  /** {@link Collectives#halvingDoublingAllReduce}. */
  HALVING_DOUBLING("halving-doubling"),
  /** {@link CollectiveTrees#doubleBinaryTreeAllReduce}. */
  TREE("tree"),
  /** {@link CollectiveHosts#hierarchicalAllReduce}. */
  HIERARCHICAL("hierarchical"),
  /** {@link CollectiveServers#parameterServer}. */
  PARAMETER_SERVER("parameter-server");

  private final String word;

  Algorithm(String word) {
    this.word = word;
  }

  /** As in scenarios and tables. */
  public String word() {
    return word;
  }

  /**
   * Appends what the ranks of the first host do in an all-reduce in which all hosts do the same.
   *
   * @param ranks workers, numbered from 0; those of a host follow each other
   * @param bytes size of the buffer on each rank, a multiple of {@code ranks}
   * @param ready task after which each rank of the first host may start
   * @return the task with which each of these has the sum
   * @throws IllegalArgumentException if hosts do not do the same
   */
  int[] allReduceOfOneHost(
      TaskList tasks, int ranks, long bytes, Reduction reduction, int[] ready) {
    CollectiveSteps steps = new CollectiveSteps(tasks, reduction);
    Part whole = new Part(0, bytes);
    return switch (this) {
      case RING -> Collectives.ringAllReduce(
          steps, Collectives.consecutive(ranks), whole, ready);
      case HIERARCHICAL -> CollectiveHosts.hierarchicalAllReduce(
          steps, ranks, ready.length, FastLink.NVLINK_A100, whole, ready);
      case HALVING_DOUBLING, TREE, PARAMETER_SERVER -> throw new IllegalArgumentException(
          "hosts do not all do the same to the next: " + word);
    };
  }

  /** Whether each host does to the next what the one before does to it. */
  boolean isRing() {
    return this == RING || this == HIERARCHICAL;
  }

  /**
   * Appends an all-reduce.
   *
   * @param ranks workers, numbered from 0; those of a host follow each other
   * @param bytes size of the buffer on each rank
   * @param servers numbered after the workers, used by {@link #PARAMETER_SERVER}
   * @param ranksPerHost used by {@link #HIERARCHICAL}
   * @param ready task after which each rank may start, or {@link TaskList#NONE}
   * @return the task with which each rank has the sum, or {@link TaskList#NONE}
   */
  public int[] allReduce(
      TaskList tasks,
      int ranks,
      long bytes,
      int servers,
      int ranksPerHost,
      Reduction reduction,
      int[] ready) {
    return switch (this) {
      case RING -> Collectives.ringAllReduce(tasks, ranks, bytes, reduction, ready);
      case HALVING_DOUBLING ->
          Collectives.halvingDoublingAllReduce(tasks, ranks, bytes, reduction, ready);
      case TREE ->
          CollectiveTrees.doubleBinaryTreeAllReduce(
              tasks, ranks, bytes, CollectiveTrees.chunks(ranks, bytes), reduction, ready);
      case HIERARCHICAL ->
          CollectiveHosts.hierarchicalAllReduce(
              tasks, ranks, ranksPerHost, FastLink.NVLINK_A100, bytes, reduction, ready);
      case PARAMETER_SERVER ->
          CollectiveServers.parameterServer(tasks, ranks, servers, bytes, reduction, ready);
    };
  }
}
