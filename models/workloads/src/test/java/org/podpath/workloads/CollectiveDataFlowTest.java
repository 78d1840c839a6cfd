package org.podpath.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.workloads.CollectiveReplay.Collective;
import org.podpath.workloads.CollectiveSteps.Part;

/** Collectives bring the right bytes, whatever the order in which tasks that may overlap happen. */
class CollectiveDataFlowTest {
  private static final int[] SIZES_BYTES = {1, 2, 7, 64, 333};
  private static final Reduction SLOW = new Reduction(3);

  /** Every all-reduce there is. */
  enum AllReduce {
    RING(0, (s, n, whole, ready) -> ring(s, whole, ready)),
    HALVING_DOUBLING(0, (s, n, whole, ready) -> Collectives.halvingDoubling(s, whole, ready)),
    TREE(0, (s, n, whole, ready) -> CollectiveTrees.doubleBinaryTree(s, 1, whole, ready)),
    TREE_IN_CHUNKS(0,
        (s, n, whole, ready) -> CollectiveTrees.doubleBinaryTree(s, 11, whole, ready)),
    HOSTS_OF_TWO(0, (s, n, whole, ready) -> hosts(s, n % 2 == 0 ? 2 : 1, whole, ready)),
    HOSTS_OF_THREE(0, (s, n, whole, ready) -> hosts(s, n % 3 == 0 ? 3 : n, whole, ready)),
    ONE_SERVER(1, (s, n, whole, ready) -> CollectiveServers.parameterServer(s, 1, whole, ready)),
    FOUR_SERVERS(4, (s, n, whole, ready) -> CollectiveServers.parameterServer(s, 4, whole, ready));

    private final int servers;
    private final Collective collective;

    AllReduce(int servers, Collective collective) {
      this.servers = servers;
      this.collective = collective;
    }

    private static int[] ring(CollectiveSteps steps, Part whole, int[] ready) {
      return Collectives.ringAllReduce(
          steps, Collectives.consecutive(ready.length), whole, ready);
    }

    private static int[] hosts(CollectiveSteps steps, int perHost, Part whole, int[] ready) {
      return CollectiveHosts.hierarchicalAllReduce(
          steps, ready.length, perHost, FastLink.NVLINK_A100, whole, ready);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRankEndsWithTheSumOverAll(AllReduce all) {
    for (int ranks = 1; ranks <= 33; ranks++) {
      for (int bytes : SIZES_BYTES) {
        Reduction reduction = bytes % 2 == 0 ? Reduction.FREE : SLOW;
        CollectiveReplay replay = new CollectiveReplay(ranks, all.servers, bytes, reduction);
        Part whole = new Part(0, bytes);
        replay.ends(all.collective, replay.sum(), rank -> whole, ranks);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ranks")
  void afterAReduceScatterEveryRankHasTheSumOfItsPart(int ranks) {
    for (int bytes : SIZES_BYTES) {
      CollectiveReplay replay = new CollectiveReplay(ranks, 0, bytes, SLOW);
      Part whole = new Part(0, bytes);
      replay.ends(
          (s, n, w, ready) -> Collectives.reduceScatter(s, Collectives.consecutive(n), w, ready),
          replay.sum(),
          rank -> whole.of(rank, ranks),
          bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("ranks")
  void afterAnAllGatherEveryRankHasThePartsOfAll(int ranks) {
    for (int bytes : SIZES_BYTES) {
      CollectiveReplay replay = new CollectiveReplay(ranks, 0, bytes, Reduction.FREE);
      Part whole = new Part(0, bytes);
      for (int rank = 0; rank < ranks; rank++) {
        replay.ownsOnly(rank, whole.of(rank, ranks));
      }
      replay.ends(
          (s, n, w, ready) -> Collectives.allGather(s, Collectives.consecutive(n), w, ready),
          replay.sum(),
          rank -> whole,
          bytes);
    }
  }

  static IntStream ranks() {
    return IntStream.of(1, 2, 3, 4, 5, 7, 8, 16, 17, 33);
  }

  @Test
  void inAnAllToAllEveryRankSendsEveryOtherItsPart() {
    for (int ranks = 1; ranks <= 33; ranks++) {
      List<String> moved = new ArrayList<>();
      CollectiveSteps steps =
          new CollectiveSteps(
              new TaskList(),
              Reduction.FREE,
              (begin, end, from, to, part, adds) -> moved.add(from + ">" + to + " " + part));
      Part whole = new Part(0, 1001);

      int[] ready = new int[ranks];
      Arrays.fill(ready, TaskList.NONE);
      Collectives.allToAll(steps, whole, ready);

      List<String> expected = new ArrayList<>();
      for (int from = 0; from < ranks; from++) {
        for (int to = 0; to < ranks; to++) {
          if (from != to) {
            expected.add(from + ">" + to + " " + whole.of(to, ranks));
          }
        }
      }
      assertThat(moved).containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
