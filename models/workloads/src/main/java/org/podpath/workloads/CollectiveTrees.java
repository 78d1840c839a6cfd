package org.podpath.workloads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.podpath.workloads.CollectiveSteps.Part;

/**
 * Collectives up and down trees, and along a chain, appended to a task list. Ranks are numbered
 * from 0; {@code ready} has the task after which each may start, or {@link TaskList#NONE}; what is
 * returned is the task with which each is done, or {@link TaskList#NONE}. {@link
 * IllegalArgumentException} if there is no rank, no chunk, or less than no bytes.
 */
public final class CollectiveTrees {
  /** assumption: latency times rate, 52 us at 10 Gb/s. */
  private static final long LATENCY_BYTES = 65_536;

  /** Smaller parts than a super-packet (Linux GSO_MAX_SIZE) only cost more. */
  private static final long SMALLEST_CHUNK_BYTES = 65_536;

  private CollectiveTrees() {}

  /**
   * Number of chunks with which {@link #doubleBinaryTreeAllReduce} takes about the least time: √(
   * {@code bytes} (log2 n − 1)/(αB)) by its closed form, each of at least a super-packet.
   */
  public static int chunks(int ranks, long bytes) {
    double best = Math.sqrt((double) bytes * Math.max(0, levels(ranks) - 1) / LATENCY_BYTES);
    long most = bytes / 2 / SMALLEST_CHUNK_BYTES;
    return (int) Math.max(1, Math.min(Math.round(best), most));
  }

  /** ⌈log2 {@code ranks}⌉: levels of a binary tree below its root. */
  static int levels(int ranks) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(ranks - 1);
  }

  /**
   * All-reduce over two binary trees, in which every rank but one is a leaf of one at least: each
   * carries half of the buffer up to its root, summing, and the sum down again, chunk after chunk.
   * Time about 2(⌈log2 n⌉ + k − 1)(α + {@code bytes}/(kB)) with k chunks, near 2 {@code bytes}/B
   * for large buffers; two children share the link of their parent, so queues add to it.
   *
   * <p>Source: P. Sanders, J. Speck, J. Träff, "Two-tree algorithms for full bandwidth broadcast,
   * reduction and scan", Parallel Computing 35(12), 2009; the trees are those of NCCL since 2.4
   * (src/graph/trees.cc).
   *
   * @param bytes size of the buffer on each rank
   * @param chunks into which each half is cut
   */
  public static int[] doubleBinaryTreeAllReduce(
      TaskList tasks, int ranks, long bytes, int chunks, Reduction reduction, int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return doubleBinaryTree(new CollectiveSteps(tasks, reduction), chunks, whole, ready);
  }

  /**
   * All-reduce up a binomial tree to rank 0, summing, and the sum down again: 2⌈log2 n⌉ steps of
   * the whole buffer, in each of which a rank has one peer. Time 2⌈log2 n⌉(α + {@code bytes}/B) +
   * ⌈log2 n⌉ · {@code bytes} · γ.
   *
   * <p>Source: R. Thakur, R. Rabenseifner, W. Gropp, "Optimization of collective communication
   * operations in MPICH", IJHPCA 19(1), 2005.
   *
   * @param bytes size of the buffer on each rank
   */
  public static int[] binomialTreeAllReduce(
      TaskList tasks, int ranks, long bytes, Reduction reduction, int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return binomialTree(new CollectiveSteps(tasks, reduction), whole, ready);
  }

  /**
   * Broadcast from rank 0 along a chain: every rank sends a chunk on when it has it and the one
   * before has arrived. Time (n − 2 + k)(α + {@code bytes}/(kB)) with k chunks.
   *
   * <p>Source: Sanders, Speck, Träff (see {@link #doubleBinaryTreeAllReduce}).
   *
   * @param bytes to send
   * @param chunks into which they are cut
   */
  public static int[] broadcast(TaskList tasks, int ranks, long bytes, int chunks, int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return broadcast(new CollectiveSteps(tasks, Reduction.FREE), chunks, whole, ready);
  }

  /**
   * A binary tree over ranks.
   *
   * @param parent of each rank, −1 of the root
   * @param rootFirst ranks in an order in which parents come before children
   */
  record Tree(int[] parent, int[] rootFirst) {
    /**
     * The tree over positions 0 to n−1 in which those at odd places are leaves; a rank's position
     * is its number from the front, and for the second tree from the back, or one less where n is
     * odd.
     */
    static Tree of(int ranks, boolean second) {
      int[] rankAt = new int[ranks];
      Arrays.setAll(
          rankAt, p -> !second ? p : ranks % 2 == 0 ? ranks - 1 - p : (p + 1) % ranks);
      int[] parent = new int[ranks];
      int[] level = new int[ranks];
      parent[rankAt[0]] = -1;
      for (int position = 1; position < ranks; position++) {
        parent[rankAt[position]] = rankAt[above(position, ranks)];
        for (int p = position; p != 0; p = above(p, ranks)) {
          level[rankAt[position]]++;
        }
      }
      List<Integer> order = new ArrayList<>();
      Arrays.stream(rankAt).forEach(order::add);
      order.sort((a, b) -> Integer.compare(level[a], level[b]));
      return new Tree(parent, order.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Clears the lowest bit and sets the next; if that is beyond the end, only clears it. */
    private static int above(int position, int ranks) {
      int bit = Integer.lowestOneBit(position);
      int candidate = (position ^ bit) | bit << 1;
      return candidate < ranks ? candidate : position ^ bit;
    }
  }

  static int[] doubleBinaryTree(CollectiveSteps steps, int chunks, Part whole, int[] ready) {
    requireChunks(chunks);
    int ranks = ready.length;
    if (ranks == 1) {
      return ready.clone();
    }
    Tree[] trees = {Tree.of(ranks, false), Tree.of(ranks, true)};
    int[][] arrived = new int[ranks][2 * chunks];
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (int half = 0; half < 2; half++) {
        Part part = whole.of(half, 2).of(chunk, chunks);
        int[] has = upAndDown(steps, trees[half], part, ready);
        for (int rank = 0; rank < ranks; rank++) {
          arrived[rank][2 * chunk + half] = has[rank];
        }
      }
    }
    int[] done = new int[ranks];
    Arrays.setAll(done, rank -> steps.join(rank, arrived[rank]));
    return done;
  }

  private static int[] upAndDown(CollectiveSteps steps, Tree tree, Part part, int[] ready) {
    int ranks = ready.length;
    int[][] has = new int[ranks][];
    Arrays.setAll(has, rank -> new int[] {ready[rank]});
    for (int i = ranks - 1; i > 0; i--) {
      int child = tree.rootFirst[i];
      int parent = tree.parent[child];
      int added = steps.add(child, parent, part, and(has[child], ready[parent])).added();
      has[parent] = and(has[parent], added);
    }
    int[] sum = new int[ranks];
    int root = tree.rootFirst[0];
    sum[root] = steps.join(root, has[root]);
    for (int i = 1; i < ranks; i++) {
      int child = tree.rootFirst[i];
      int parent = tree.parent[child];
      sum[child] = steps.put(parent, child, part, sum[parent]);
    }
    return sum;
  }

  private static int[] and(int[] ids, int id) {
    int[] all = Arrays.copyOf(ids, ids.length + 1);
    all[ids.length] = id;
    return all;
  }

  static int[] binomialTree(CollectiveSteps steps, Part whole, int[] ready) {
    int ranks = ready.length;
    CollectiveRounds rounds =
        new CollectiveRounds(steps, Collectives.consecutive(ranks), ready);
    for (int distance = 1; distance < ranks; distance *= 2) {
      for (int rank = distance; rank < ranks; rank += 2 * distance) {
        rounds.add(rank, rank - distance, whole);
      }
      rounds.next();
    }
    for (int distance = Integer.highestOneBit(ranks - 1); distance > 0; distance /= 2) {
      for (int rank = distance; rank < ranks; rank += 2 * distance) {
        rounds.put(rank - distance, rank, whole);
      }
      rounds.next();
    }
    return rounds.done();
  }

  static int[] broadcast(CollectiveSteps steps, int chunks, Part whole, int[] ready) {
    requireChunks(chunks);
    int ranks = ready.length;
    int[] sent = ready.clone();
    int[] has = ready.clone();
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (int rank = 0; rank < ranks - 1; rank++) {
        Part part = whole.of(chunk, chunks);
        sent[rank] = steps.put(rank, rank + 1, part, sent[rank], has[rank], ready[rank + 1]);
        has[rank + 1] = sent[rank];
      }
    }
    int[] done = new int[ranks];
    Arrays.setAll(done, rank -> steps.join(rank, sent[rank], has[rank]));
    return done;
  }

  private static void requireChunks(int chunks) {
    if (chunks < 1) {
      throw new IllegalArgumentException("a buffer cannot be cut into " + chunks + " chunks");
    }
  }
}
