package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxMinSolverTest {

  /** Link 0 (10) carries flows 0, 1; link 1 (4) carries flows 1, 2: it gives 2 + 2, link 0 leaves 8. */
  @Test
  void aFlowHeldBackElsewhereLeavesItsShareToTheOthers() {
    int[][] resources = {{0}, {0, 1}, {1}};
    double[][] use = {{1}, {1, 1}, {1}};

    assertThat(MaxMinSolver.rates(new double[] {10, 4}, resources, use)).containsExactly(8, 2, 2);
  }

  /** One long flow over n links, one short flow on each: everybody gets half. */
  @Test
  void theParkingLotGivesHalfToEverybody() {
    int[][] resources = {{0, 1, 2}, {0}, {1}, {2}};
    double[][] use = {{1, 1, 1}, {1}, {1}, {1}};

    assertThat(MaxMinSolver.rates(new double[] {6, 6, 6}, resources, use))
        .containsExactly(3, 3, 3, 3);
  }

  /** A flow that a core (resource 1, 4 units of it for one of rate) holds at 0.5 leaves 1.5 of the link. */
  @Test
  void aFlowLimitedByItsCoreFreesTheLink() {
    int[][] resources = {{0, 1}, {0}};
    double[][] use = {{1, 4}, {1}};

    assertThat(MaxMinSolver.rates(new double[] {2, 2}, resources, use)).containsExactly(0.5, 1.5);
  }

  /**
   * Each seed plays 500 instances: weights from 0.2 to 5, a cap on every fourth flow, up to four of 2 to
   * 15 resources for each; with ties, all of these are small whole numbers.
   */
  @ParameterizedTest
  @CsvSource({"1,false", "2,false", "3,false", "4,false", "5,true", "6,true", "7,true", "8,true"})
  void everyFlowIsCappedOrHasAFullResourceOnWhichNoneIsFaster(long seed, boolean ties) {
    Random random = new Random(seed);
    for (int instance = 0; instance < 500; instance++) {
      RandomSharing sharing = new RandomSharing(random, ties);
      Use[] uses = sharing.uses(1 + random.nextInt(25));

      double[] rates = MaxMinSolver.rates(sharing.capacities, uses);

      FairRates.assertFair(sharing.capacities, uses, rates);
    }
  }

  @Test
  void aFlowOverNothingOrANumberThatIsNoneIsRefused() {
    assertThatThrownBy(
        () -> MaxMinSolver.rates(new double[] {1}, new int[][] {{}}, new double[][] {{}}))
            .hasMessage("flow 0 uses no resource");
    assertThatThrownBy(
        () -> MaxMinSolver.rates(new double[] {0}, new int[][] {{0}}, new double[][] {{1}}))
            .hasMessage("the capacity of resource 0 is 0.0, not above 0 and finite");
    assertThatThrownBy(
        () -> MaxMinSolver.rates(new double[] {1}, new int[][] {{0}},
            new double[][] {{Double.NaN}}))
                .hasMessage("the use of resource 0 by flow 0 is NaN, not above 0 and finite");
  }

  @Test
  void manyFlowsOnOneLinkGetTheSame() {
    int[][] resources = new int[1000][];
    double[][] use = new double[1000][];
    for (int f = 0; f < 1000; f++) {
      resources[f] = new int[] {0};
      use[f] = new double[] {1};
    }

    for (double rate : MaxMinSolver.rates(new double[] {10}, resources, use)) {
      assertThat(rate).isCloseTo(0.01, within(1e-12));
    }
  }
}
