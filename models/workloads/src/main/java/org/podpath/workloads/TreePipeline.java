package org.podpath.workloads;

import java.util.Arrays;
import java.util.List;
import org.podpath.workloads.CollectiveSteps.Part;

/**
 * Carries one chunk after the other up a tree, summing, and the sum down again. Chunks go up while
 * others come down; but a rank has sent its parent or child no more than a few chunks that this one
 * has not passed on, so that the bottom of the tree leaves the links to those that come down.
 */
final class TreePipeline {
  /**
   * Chunks on a connection, each until the receiver has passed it on and it has arrived there.
   * assumption: half of the eight slots of a connection in NCCL (NCCL_STEPS, src/include/device.h),
   * where a slot is free as soon as its chunk is copied to a slot of the next connection.
   */
  private static final int SLOTS = 4;

  private final CollectiveSteps steps;
  private final BinaryTree tree;
  private final int[] ready;
  private final int[][] up;
  private final int[][] down;
  private int chunks;

  /**
   * Before the first chunk.
   *
   * @param ready task after which each rank may start
   */
  TreePipeline(CollectiveSteps steps, BinaryTree tree, int[] ready) {
    this.steps = steps;
    this.tree = tree;
    this.ready = ready;
    up = new int[SLOTS][ready.length];
    down = new int[SLOTS][ready.length];
    for (int slot = 0; slot < SLOTS; slot++) {
      Arrays.fill(up[slot], TaskList.NONE);
      Arrays.fill(down[slot], TaskList.NONE);
    }
  }

  /** Sends the next chunk; returns the task with which each rank has its sum. */
  int[] send(Part chunk) {
    int slot = chunks++ % SLOTS;
    int[] order = tree.rootFirst();
    int[][] has = new int[order.length][];
    Arrays.setAll(has, rank -> new int[] {ready[rank]});
    for (int i = order.length - 1; i > 0; i--) {
      int child = order[i];
      int parent = tree.parent()[child];
      int[] before = and(and(has[child], ready[parent]), passedUp(parent, slot));
      CollectiveSteps.Sum sum = steps.add(child, parent, chunk, before);
      up[slot][child] = sum.sent();
      has[parent] = and(has[parent], sum.added());
    }
    int[] sums = new int[order.length];
    sums[tree.root()] = steps.join(tree.root(), has[tree.root()]);
    for (int i = 1; i < order.length; i++) {
      int child = order[i];
      int parent = tree.parent()[child];
      int[] before = and(passedDown(child, slot), sums[parent]);
      sums[child] = steps.put(parent, child, chunk, before);
      down[slot][child] = sums[child];
    }
    return sums;
  }

  /** When {@code rank} has sent on what it summed of the chunk that had this slot before. */
  private int[] passedUp(int rank, int slot) {
    return rank == tree.root() ? passedDown(rank, slot) : new int[] {up[slot][rank]};
  }

  /** When the children of {@code rank} have the sum of the chunk that had this slot before. */
  private int[] passedDown(int rank, int slot) {
    List<Integer> children = tree.children().get(rank);
    return children.isEmpty()
        ? new int[] {down[slot][rank]}
        : children.stream().mapToInt(child -> down[slot][child]).toArray();
  }

  private static int[] and(int[] ids, int... more) {
    int[] all = Arrays.copyOf(ids, ids.length + more.length);
    System.arraycopy(more, 0, all, ids.length, more.length);
    return all;
  }
}
