package org.podpath.workloads;

import java.util.Arrays;
import org.podpath.workloads.CollectiveSteps.Part;

/**
 * All-reduce up and down trees, appended to a task list. Ranks are numbered from 0; {@code ready}
 * has the task after which each may start, or {@link TaskList#NONE}; what is returned is the task
 * with which each is done, or {@link TaskList#NONE}. {@link IllegalArgumentException} if there is
 * no rank, no chunk, or less than no bytes.
 */
public final class CollectiveTrees {
  /** assumption: latency times rate, 52 us at 10 Gb/s. */
  private static final long LATENCY_BYTES = 65_536;

  /** Smaller parts than a super-packet (Linux GSO_MAX_SIZE) only cost more. */
  private static final long SMALLEST_CHUNK_BYTES = 65_536;

  private CollectiveTrees() {}

  /**
   * Number of chunks with which {@link #doubleBinaryTreeAllReduce} takes about the least time if
   * every one of them costs a latency: √({@code bytes} (log2 n − 1)/(αB)), each of at least a
   * super-packet.
   */
  public static int chunks(int ranks, long bytes) {
    int levels = BinaryTree.levels(ranks);
    double best = Math.sqrt((double) bytes * Math.max(0, levels - 1) / LATENCY_BYTES);
    long most = bytes / 2 / SMALLEST_CHUNK_BYTES;
    return (int) Math.max(1, Math.min(Math.round(best), most));
  }

  /**
   * All-reduce over two binary trees, in which every rank but one is a leaf of one at least: each
   * carries half of the buffer up to its root, summing, and the sum down again, chunk after chunk,
   * on connections of its own.
   *
   * <p>A rank with a parent and two children takes in S = {@code bytes} from the children, S/2 from
   * the parent and S/2 as a leaf of the other tree, and gives out as much: from 4 ranks on, the
   * time T is at least 2S/B + α. Four connections share its link, so a chunk never has less than a
   * quarter of it, and is through the 2 ⌈log2 n⌉ levels and behind the k − 1 chunks before it at
   * the latest when T = 2(2⌈log2 n⌉ + k − 1) S/(kB) + 2⌈log2 n⌉ α. In one chunk, and with n a power
   * of two, the levels follow each other, and two children share the link of their parent, but for
   * the root with one child: T = 2⌈log2 n⌉ α + (2⌈log2 n⌉ − 1) S/B. Two ranks in k &gt; 1 chunks
   * take S/B + α.
   *
   * <p>Source: P. Sanders, J. Speck, J. Träff, "Two-tree algorithms for full bandwidth broadcast,
   * reduction and scan", Parallel Computing 35(12), 2009; the trees, and that each has connections
   * of its own on which chunks go up while others come down, are those of NCCL since 2.4
   * (src/graph/trees.cc; runTreeSplit in all_reduce.h).
   *
   * @param bytes size of the buffer on each rank
   * @param chunks into which each half is cut
   */
  public static int[] doubleBinaryTreeAllReduce(
      TaskList tasks, int ranks, long bytes, int chunks, Reduction reduction, int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return doubleBinaryTree(new CollectiveSteps(tasks, reduction), chunks, whole, ready);
  }

  static int[] doubleBinaryTree(CollectiveSteps steps, int chunks, Part whole, int[] ready) {
    if (chunks < 1) {
      throw new IllegalArgumentException("a buffer cannot be cut into " + chunks + " chunks");
    }
    int ranks = ready.length;
    if (ranks == 1) {
      return ready.clone();
    }
    TreePipeline[] halves = {
        new TreePipeline(steps, BinaryTree.of(ranks, false), ready),
        new TreePipeline(steps.onChannel(1), BinaryTree.of(ranks, true), ready)};
    int[][] arrived = new int[ranks][2 * chunks];
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (int half = 0; half < 2; half++) {
        int[] has = halves[half].send(whole.of(half, 2).of(chunk, chunks));
        for (int rank = 0; rank < ranks; rank++) {
          arrived[rank][2 * chunk + half] = has[rank];
        }
      }
    }
    int[] done = new int[ranks];
    Arrays.setAll(done, rank -> steps.join(rank, arrived[rank]));
    return done;
  }
}
