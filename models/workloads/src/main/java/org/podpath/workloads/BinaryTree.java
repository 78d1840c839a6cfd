package org.podpath.workloads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A binary tree over ranks.
 *
 * <p>Source: NCCL 2.4 and later, src/graph/trees.cc, ncclGetBtree and ncclGetDtree.
 *
 * @param parent of each rank, −1 of the root
 * @param children of each rank, none to two
 * @param rootFirst ranks in an order in which parents come before children
 */
record BinaryTree(int[] parent, List<List<Integer>> children, int[] rootFirst) {

  /**
   * The tree over positions 0 to n−1 in which those at odd places are leaves; a rank's position is
   * its number from the front, and for the second tree from the back, or one less where n is odd.
   * The root, at position 0, has one child at most, and no way is longer than ⌈log2 n⌉.
   */
  static BinaryTree of(int ranks, boolean second) {
    int[] rankAt = new int[ranks];
    Arrays.setAll(rankAt, p -> !second ? p : ranks % 2 == 0 ? ranks - 1 - p : (p + 1) % ranks);
    int[] parent = new int[ranks];
    int[] level = new int[ranks];
    List<List<Integer>> children = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      children.add(new ArrayList<>());
      order.add(rankAt[rank]);
    }
    parent[rankAt[0]] = -1;
    for (int position = 1; position < ranks; position++) {
      int rank = rankAt[position];
      parent[rank] = rankAt[above(position, ranks)];
      children.get(parent[rank]).add(rank);
      for (int p = position; p != 0; p = above(p, ranks)) {
        level[rank]++;
      }
    }
    order.sort((a, b) -> Integer.compare(level[a], level[b]));
    return new BinaryTree(parent, children, order.stream().mapToInt(rank -> rank).toArray());
  }

  /** ⌈log2 {@code ranks}⌉: levels below the root. */
  static int levels(int ranks) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(ranks - 1);
  }

  int root() {
    return rootFirst[0];
  }

  /** Clears the lowest bit and sets the next; if that is beyond the end, only clears it. */
  private static int above(int position, int ranks) {
    int bit = Integer.lowestOneBit(position);
    int candidate = (position ^ bit) | bit << 1;
    return candidate < ranks ? candidate : position ^ bit;
  }
}
