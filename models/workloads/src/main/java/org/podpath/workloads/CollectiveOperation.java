package org.podpath.workloads;

/**
 * What ranks do together, and how fast it went in the terms of NVIDIA's nccl-tests
 * (doc/PERFORMANCE.md): algorithm bandwidth is size over time; bus bandwidth is what each rank's
 * link had to carry at least, so it can be compared with the link whatever the number of ranks.
 *
 * <p>The size is that of the whole buffer: what a rank ends with after an all-gather, starts with
 * before a reduce-scatter, and sends to all ranks, itself included, in an all-to-all.
 */
public enum CollectiveOperation {
  ALL_REDUCE("all-reduce", 2),
  REDUCE_SCATTER("reduce-scatter", 1),
  ALL_GATHER("all-gather", 1),
  ALL_TO_ALL("all-to-all", 1);

  private static final double PS_BITS_PER_BYTE_SECOND = 8e12;

  private final String word;
  private final int passes;

  CollectiveOperation(String word, int passes) {
    this.word = word;
    this.passes = passes;
  }

  /** As in scenarios and tables. */
  public String word() {
    return word;
  }

  /**
   * Algorithm bandwidth (algbw), in bits per second.
   *
   * @param bytes of the whole buffer
   * @throws IllegalArgumentException if it took no time
   */
  public double algorithmBitsPerSecond(long bytes, long durationPs) {
    if (durationPs <= 0) {
      throw new IllegalArgumentException("no bandwidth follows from " + durationPs + " ps");
    }
    return bytes * PS_BITS_PER_BYTE_SECOND / durationPs;
  }

  /**
   * Bus bandwidth (busbw), in bits per second: 2(n−1)/n of the algorithm bandwidth for an
   * all-reduce, (n−1)/n for the others.
   *
   * @param bytes of the whole buffer
   * @throws IllegalArgumentException if it took no time
   */
  public double busBitsPerSecond(int ranks, long bytes, long durationPs) {
    return passes * (ranks - 1.0) / ranks * algorithmBitsPerSecond(bytes, durationPs);
  }
}
