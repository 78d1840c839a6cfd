package org.podpath.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The longest path through the tasks of a collective, where every transfer takes α + bytes/B
 * however many there are, is its closed form to the picosecond.
 */
class CollectiveClosedFormTheoryTest {
  /** α, 1/B and γ: 50 us, 10 Gb/s, 10 GB/s. */
  private static final long LATENCY_PS = 50_000_000;
  private static final long PS_PER_BYTE = 800;
  private static final Reduction REDUCTION = new Reduction(100);
  private static final long ADD_PS_PER_BYTE = 100;

  /** Divisible by all numbers of ranks and chunks in here. */
  private static final long BYTES = 2L * 3 * 4 * 5 * 7 * 8 * 16 * 33;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 16, 33})
  void aRingTakesTwoTimesAllStepsButOne(int ranks) {
    TaskList scatter = new TaskList();
    TaskList gather = new TaskList();
    TaskList both = new TaskList();

    Collectives.reduceScatter(scatter, ranks, BYTES, REDUCTION, nobodyWaits(ranks));
    Collectives.allGather(gather, ranks, BYTES, nobodyWaits(ranks));
    Collectives.ringAllReduce(both, ranks, BYTES, REDUCTION, nobodyWaits(ranks));

    long partBytes = BYTES / ranks;
    long stepPs = LATENCY_PS + partBytes * PS_PER_BYTE;
    long addPs = partBytes * ADD_PS_PER_BYTE;
    assertThat(longestPs(scatter)).isEqualTo((ranks - 1) * (stepPs + addPs));
    assertThat(longestPs(gather)).isEqualTo((ranks - 1) * stepPs);
    assertThat(longestPs(both)).isEqualTo((ranks - 1) * (2 * stepPs + addPs));
    assertThat(mostSentBytes(both, ranks)).isEqualTo(2 * (ranks - 1) * partBytes);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 2, 1", "3, 2, 1", "4, 4, 2", "5, 4, 2", "8, 8, 3", "12, 8, 3",
      "33, 32, 5"})
  void halvingAndDoublingTakesTwoStepsForEveryBit(int ranks, int powerOfTwo, int bits) {
    TaskList tasks = new TaskList();

    Collectives.halvingDoublingAllReduce(tasks, ranks, BYTES, REDUCTION, nobodyWaits(ranks));

    long othersBytes = BYTES / powerOfTwo * (powerOfTwo - 1);
    long corePs =
        2 * bits * LATENCY_PS + othersBytes * (2 * PS_PER_BYTE + ADD_PS_PER_BYTE);
    long foldPs = 2 * (LATENCY_PS + BYTES * PS_PER_BYTE) + BYTES * ADD_PS_PER_BYTE;
    assertThat(longestPs(tasks)).isEqualTo(corePs + (ranks > powerOfTwo ? foldPs : 0));
  }

  /** At all levels but that of the root, a rank adds what two children sent together. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "4, 2", "8, 3", "16, 4"})
  void twoTreesInOneChunkTakeTwoStepsOfAHalfForEveryBit(int ranks, int bits) {
    TaskList tasks = new TaskList();

    CollectiveTrees.doubleBinaryTreeAllReduce(
        tasks, ranks, BYTES, 1, REDUCTION, nobodyWaits(ranks));

    long stepPs = LATENCY_PS + BYTES / 2 * PS_PER_BYTE;
    int added = Math.max(0, 2 * bits - 1);
    assertThat(longestPs(tasks))
        .isEqualTo(2 * bits * stepPs + added * (BYTES / 2 * ADD_PS_PER_BYTE));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 33})
  void anAllToAllTakesAStepForEveryOther(int ranks) {
    TaskList tasks = new TaskList();

    Collectives.allToAll(tasks, ranks, BYTES, nobodyWaits(ranks));

    long stepPs = LATENCY_PS + BYTES / ranks * PS_PER_BYTE;
    assertThat(longestPs(tasks)).isEqualTo((ranks - 1) * stepPs);
    assertThat(mostSentBytes(tasks, ranks)).isEqualTo(BYTES / ranks * (ranks - 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 4", "3, 4", "4, 8"})
  void aHierarchyTakesBothWaysInsideAHostAndARingOfAPartBetweenHosts(int hosts, int perHost) {
    TaskList tasks = new TaskList();
    int ranks = hosts * perHost;
    FastLink link = new FastLink(3_000_000, 1_000_000_000_000L); // 8 ps a byte

    CollectiveHosts.hierarchicalAllReduce(
        tasks, ranks, perHost, link, BYTES, REDUCTION, nobodyWaits(ranks));

    long insidePs = 3_000_000 + BYTES / perHost * 8;
    long insideAddPs = BYTES / perHost * ADD_PS_PER_BYTE;
    long partBytes = BYTES / perHost / hosts;
    long ringPs = 2 * LATENCY_PS + partBytes * (2 * PS_PER_BYTE + ADD_PS_PER_BYTE);
    assertThat(longestPs(tasks))
        .isEqualTo((perHost - 1) * (2 * insidePs + insideAddPs) + (hosts - 1) * ringPs);
  }

  /**
   * ResNet-50's 102.2 MB on 8 ranks at 9.84 Gb/s: 2 · 7/8 · 102.2 MB · 8 / 9.84 Gb/s = 145.4 ms.
   */
  @Test
  void busBandwidthOfARingWithoutLatencyIsThatOfTheLink() {
    long bytes = 102_200_000;
    double linkBitsPerSecond = 9.84e9;
    TaskList tasks = new TaskList();

    Collectives.ringAllReduce(tasks, 8, bytes, Reduction.FREE, nobodyWaits(8));

    double seconds = longest(tasks, 0, 8 / linkBitsPerSecond);
    long durationPs = Math.round(seconds * 1e12);
    assertThat(seconds).isCloseTo(0.1454, within(0.00005));
    assertThat(CollectiveOperation.ALL_REDUCE.busBitsPerSecond(8, bytes, durationPs))
        .isCloseTo(linkBitsPerSecond, within(1e3));
  }

  private static int[] nobodyWaits(int ranks) {
    int[] ready = new int[ranks];
    Arrays.fill(ready, TaskList.NONE);
    return ready;
  }

  private static long longestPs(TaskList tasks) {
    return Math.round(longest(tasks, LATENCY_PS, PS_PER_BYTE));
  }

  /** In the unit of {@code latency}; whole numbers below 2^53 stay exact. */
  private static double longest(TaskList tasks, double latency, double perByte) {
    double[] ends = new double[tasks.size()];
    for (int id = 0; id < ends.length; id++) {
      for (int before : tasks.get(id).after()) {
        ends[id] = Math.max(ends[id], ends[before]);
      }
      ends[id] +=
          switch (tasks.get(id)) {
            case Task.Compute compute -> compute.durationPs();
            case Task.Transfer transfer -> latency + transfer.bytes() * perByte;
          };
    }
    return Arrays.stream(ends).max().orElse(0);
  }

  private static long mostSentBytes(TaskList tasks, int ranks) {
    long[] sentBytes = new long[ranks];
    for (int id = 0; id < tasks.size(); id++) {
      if (tasks.get(id) instanceof Task.Transfer transfer) {
        sentBytes[transfer.from()] += transfer.bytes();
      }
    }
    return Arrays.stream(sentBytes).max().orElse(0);
  }
}
