package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.workloads.JobObserver.Step;

class StragglersTheoryTest {
  private static final int STEPS = 10_000;

  @TempDir
  private Path folder;

  /**
   * The longest of n exponential times with mean t has mean t (1 + 1/2 + … + 1/n) and variance t²
   * (1 + 1/4 + … + 1/n²). Of 10,000 steps the 99 % interval is at most 2.58 · 1.12/1.5/√10,000 =
   * 1.9 % wide to each side. Of the gradients, one byte, nothing is seen beside 100 ms.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void synchronousWorkersWaitForTheSlowestOfThem(int ranks) {
    Played played = Played.first(folder, """
        experiment: stragglers
        engine: flow
        cluster: {hosts: %d, gpus: 1}
        network: {cni: cilium}
        tenants: {blue: {jobs: [train: {ranks: %d, bytes: 1B, compute: 100ms,
          variation: exponential, steps: %d}]}}
        """.formatted(ranks, ranks, STEPS));

    double expectedPs = 0;
    for (int k = 1; k <= ranks; k++) {
      expectedPs += 100e9 / k;
    }
    assertThat(played.stepPs("blue/0", 0)).isCloseTo(expectedPs, within(0.02 * expectedPs));
    for (int rank = 0; rank < ranks; rank++) {
      assertThat(stragglers(played, rank)).isBetween(0.9 * STEPS / ranks, 1.1 * STEPS / ranks);
    }
  }

  @Test
  void nobodyIsSlowestWhereAllTakeTheSameTime() {
    Played played = Played.first(folder, """
        experiment: stragglers
        cluster: {hosts: 2, gpus: 1}
        network: {cni: cilium}
        tenants: {blue: {jobs: [train: {ranks: 2, bytes: 1MB, compute: 1ms, steps: 3}]}}
        """);

    assertThat(stragglers(played, -1)).isEqualTo(3);
  }

  private static double stragglers(Played played, int rank) {
    return played.job("blue/0")
        .steps()
        .stream()
        .mapToInt(Step::stragglerRank)
        .filter(
            slowest -> slowest == rank)
        .count();
  }
}
