package org.podpath.engine.flow;

import java.util.Random;
import java.util.stream.IntStream;

/** Random resources and flows. */
final class RandomSharing {
  final double[] capacities;
  private final Random random;
  private final boolean ties;

  /**
   * Some resources.
   *
   * @param ties whether all numbers are small and whole, so that many resources fill at one level
   */
  RandomSharing(Random random, boolean ties) {
    this(random, ties, 2 + random.nextInt(14));
  }

  /** So many resources. */
  RandomSharing(Random random, boolean ties, int resources) {
    this.random = random;
    this.ties = ties;
    capacities = IntStream.range(0, resources).mapToDouble(r -> number(0.1, 10, 4)).toArray();
  }

  /** So many flows. */
  Use[] uses(int flows) {
    return IntStream.range(0, flows).mapToObj(flow -> use()).toArray(Use[]::new);
  }

  Use use() {
    int most = 1 + random.nextInt(Math.min(4, capacities.length));
    int[] on = random.ints(0, capacities.length).distinct().limit(most).toArray();
    double[] amounts = random.doubles(most).map(x -> number(0.1, 3, 2)).toArray();
    boolean capped = random.nextInt(4) == 0;
    return new Use(
        on, amounts, number(0.2, 5, 2), capped ? number(0.05, 3, 2) : Use.NO_CAP);
  }

  double number(double least, double most, int mostWhole) {
    return ties ? 1 + random.nextInt(mostWhole) : least + (most - least) * random.nextDouble();
  }
}
