package org.podpath.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectiveTreesTest {
  private static final int CHUNKS = 11;
  private static final long HALF_BYTES = CHUNKS * 100;

  /** Every rank but one is a leaf of one tree at least, and no way is longer than ⌈log2 n⌉. */
  @Test
  void theTwoTreesShareTheWork() {
    for (int ranks = 2; ranks <= 200; ranks++) {
      int[] innerIn = new int[ranks];
      for (boolean second : new boolean[] {false, true}) {
        BinaryTree tree = BinaryTree.of(ranks, second);
        int deepest = 0;
        for (int rank = 0; rank < ranks; rank++) {
          int levels = 0;
          for (int r = rank; tree.parent()[r] >= 0; r = tree.parent()[r]) {
            levels++;
          }
          deepest = Math.max(deepest, levels);
          assertThat(tree.children().get(rank)).hasSizeLessThanOrEqualTo(2);
          innerIn[rank] += tree.children().get(rank).isEmpty() ? 0 : 1;
        }
        assertThat(deepest).isEqualTo(BinaryTree.levels(ranks));
      }
      assertThat(Arrays.stream(innerIn).filter(trees -> trees == 2).count())
          .isLessThanOrEqualTo(1);
    }
  }

  /**
   * As NCCL draws them for 12 and 13 ranks (src/graph/trees.cc, comment of ncclGetDtree): the
   * parents of all ranks.
   */
  @Test
  void theTreesAreThoseOfNccl() {
    assertThat(BinaryTree.of(12, false).parent())
        .containsExactly(-1, 2, 4, 2, 8, 6, 4, 6, 0, 10, 8, 10);
    assertThat(BinaryTree.of(12, true).parent())
        .containsExactly(1, 3, 1, 11, 5, 7, 5, 3, 9, 7, 9, -1);
    assertThat(BinaryTree.of(13, true).parent())
        .containsExactly(9, -1, 3, 5, 3, 9, 7, 5, 7, 1, 11, 0, 11);
  }

  /** Each tree has its own, so that no half waits behind the other, or gets one share for two. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 13, 16, 33})
  void aConnectionCarriesHalfOfTheBuffer(int ranks) {
    for (List<Integer> transfers : byConnection(tree(ranks)).values()) {
      assertThat(transfers).hasSize(CHUNKS);
    }
  }

  /**
   * Two children, a parent and the parent in the other tree: S/2 each. Two ranks have one parent or
   * child in each tree, three a rank that is inside both.
   */
  @ParameterizedTest
  @CsvSource({"2, 2", "3, 3", "4, 4", "5, 4", "7, 4", "8, 4", "12, 4", "16, 4", "33, 4"})
  void nobodySendsOrReceivesMoreThanTheBufferTwice(int ranks, int halves) {
    TaskList tasks = tree(ranks);
    long[] inBytes = new long[ranks];
    long[] outBytes = new long[ranks];
    for (int id = 0; id < tasks.size(); id++) {
      if (tasks.get(id) instanceof Task.Transfer transfer) {
        inBytes[transfer.to()] += transfer.bytes();
        outBytes[transfer.from()] += transfer.bytes();
      }
    }

    assertThat(Arrays.stream(inBytes).max()).hasValue(halves * HALF_BYTES);
    assertThat(Arrays.stream(outBytes).max()).hasValue(halves * HALF_BYTES);
  }

  /** What the receiver has not passed on fills its slots. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8, 16})
  void nobodySendsAChunkBeforeTheFourthLastHasGoneOn(int ranks) {
    TaskList tasks = tree(ranks);
    TreeMap<String, List<Integer>> connections = byConnection(tasks);

    for (List<Integer> transfers : connections.values()) {
      for (int chunk = 4; chunk < CHUNKS; chunk++) {
        assertThat(waitsFor(tasks, transfers.get(chunk), transfers.get(chunk - 4))).isTrue();
        assertThat(waitsFor(tasks, transfers.get(chunk), transfers.get(chunk - 1))).isFalse();
      }
    }
  }

  /**
   * √(100 MB · (3 − 1) / 64 KiB) = 55.2; 1 MiB would want 5.7, of which each half has 8 · 64 KiB.
   */
  @Test
  void largeBuffersGoDownTheTreesInManyChunks() {
    assertThat(CollectiveTrees.chunks(8, 100_000_000)).isEqualTo(55);
    assertThat(CollectiveTrees.chunks(8, 1 << 20)).isEqualTo(6);
    assertThat(CollectiveTrees.chunks(8, 1024)).isEqualTo(1);
    assertThat(CollectiveTrees.chunks(2, 100_000_000)).isEqualTo(1);
  }

  @Test
  void noChunksAreRefused() {
    int[] two = {TaskList.NONE, TaskList.NONE};

    assertThatThrownBy(
        () -> CollectiveTrees.doubleBinaryTreeAllReduce(
            new TaskList(), 2, 10, 0, Reduction.FREE, two))
                .hasMessage("a buffer cannot be cut into 0 chunks");
  }

  private static TaskList tree(int ranks) {
    TaskList tasks = new TaskList();
    int[] ready = new int[ranks];
    Arrays.fill(ready, TaskList.NONE);
    CollectiveTrees.doubleBinaryTreeAllReduce(
        tasks, ranks, 2 * HALF_BYTES, CHUNKS, Reduction.FREE, ready);
    return tasks;
  }

  /** Transfers in order, by who sends on which channel to whom. */
  private static TreeMap<String, List<Integer>> byConnection(TaskList tasks) {
    TreeMap<String, List<Integer>> transfers = new TreeMap<>();
    for (int id = 0; id < tasks.size(); id++) {
      if (tasks.get(id) instanceof Task.Transfer transfer) {
        String connection = transfer.from() + ">" + transfer.to() + " " + transfer.channel();
        transfers.computeIfAbsent(connection, key -> new ArrayList<>()).add(id);
      }
    }
    return transfers;
  }

  private static boolean waitsFor(TaskList tasks, int id, int other) {
    boolean[] waits = new boolean[tasks.size()];
    waits[other] = true;
    for (int i = other + 1; i <= id; i++) {
      for (int before : tasks.get(i).after()) {
        waits[i] |= waits[before];
      }
    }
    return waits[id];
  }
}
