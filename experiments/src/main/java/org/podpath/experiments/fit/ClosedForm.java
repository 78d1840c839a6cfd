package org.podpath.experiments.fit;

/**
 * Time of a collective from α, the time of a message step, and β, the bytes per second of a rank;
 * adding is free.
 */
public enum ClosedForm {
  /**
   * An all-reduce of n ranks in 2(n−1) steps of S/n: 2(n−1)α + 2(n−1)/n · S/β; the other operations
   * have half of both, and a send to the neighbour is one step.
   *
   * <p>Source: P. Patarasuk, X. Yuan, "Bandwidth optimal all-reduce algorithms for clusters of
   * workstations", JPDC 69(2), 2009.
   */
  RING("2(n-1) a + 2(n-1)/n S/b") {
    @Override
    double us(LinkType link, double bytes, LinkParameters of) {
      Operation operation = link.operation();
      return operation.steps(link.ranks()) * of.stepUs()
          + operation.sentRatio(link.ranks()) * bytes * of.usPerByte();
    }
  },

  /**
   * An all-reduce over two binary trees in the best number k of chunks, at least one: 2(⌈log2 n⌉ +
   * k − 1)(α + S/(kβ)) with k = √(S(⌈log2 n⌉ − 1)/(αβ)); the other operations as {@link #RING}.
   *
   * <p>Source: P. Sanders, J. Speck, J. Träff, "Two-tree algorithms for full bandwidth broadcast,
   * reduction and scan", Parallel Computing 35(12), 2009.
   */
  TREE("2(log2 n + k - 1)(a + S/(k b)), k the best number of chunks") {
    @Override
    double us(LinkType link, double bytes, LinkParameters of) {
      if (link.operation() != Operation.ALL_REDUCE) {
        return RING.us(link, bytes, of);
      }
      int levels = Integer.SIZE - Integer.numberOfLeadingZeros(link.ranks() - 1);
      double allBytesUs = bytes * of.usPerByte();
      double waitedUs = (levels - 1) * of.stepUs();
      if ((levels - 1) * allBytesUs < of.stepUs()) {
        return 2 * levels * (of.stepUs() + allBytesUs);
      }
      return 2 * (waitedUs + allBytesUs + 2 * Math.sqrt(waitedUs * allBytesUs));
    }
  };

  private final String allReduce;

  ClosedForm(String allReduce) {
    this.allReduce = allReduce;
  }

  /** The formula of an all-reduce of S bytes on n ranks, with a for α and b for β. */
  String allReduce() {
    return allReduce;
  }

  /** Time of a buffer of {@code bytes}; grows with both parameters. */
  abstract double us(LinkType link, double bytes, LinkParameters of);
}
