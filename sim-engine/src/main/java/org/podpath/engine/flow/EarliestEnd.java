package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * When each flow ends, and which ends first: a tree in which every node has the earlier of its two
 * children. Many changes at once cost one pass over the tree, few cost a path each.
 */
final class EarliestEnd {
  static final long NEVER_PS = Long.MAX_VALUE;

  /** Above one changed leaf of so many, all of the tree is played anew. */
  private static final int LEAVES_PER_PATH = 16;

  private long[] tree = {NEVER_PS, NEVER_PS};
  private int leaves = 1;
  private int[] changed = new int[16];
  private int changes;

  /** The flow ends at {@code endPs}; counts from the next {@link #play}. */
  void set(int flow, long endPs) {
    if (flow >= leaves) {
      grow(flow);
    }
    tree[leaves + flow] = endPs;
    if (changes == changed.length) {
      changed = Arrays.copyOf(changed, 2 * changes);
    }
    changed[changes++] = flow;
  }

  /** The flow does not end by itself any more; counts at once. */
  void clear(int flow) {
    if (flow < leaves) {
      tree[leaves + flow] = NEVER_PS;
      playPath(leaves + flow);
    }
  }

  /** Makes the tree right after flows were {@link #set}. */
  void play() {
    if (changes * LEAVES_PER_PATH > leaves) {
      playAll();
    } else {
      for (int i = 0; i < changes; i++) {
        playPath(leaves + changed[i]);
      }
    }
    changes = 0;
  }

  /** The first end of all. */
  long firstPs() {
    return tree[1];
  }

  /** The flow of the smallest number that ends first; there is one. */
  int first() {
    int at = 1;
    while (at < leaves) {
      at = tree[2 * at] == tree[at] ? 2 * at : 2 * at + 1;
    }
    return at - leaves;
  }

  private void playAll() {
    for (int at = leaves - 1; at > 0; at--) {
      tree[at] = Math.min(tree[2 * at], tree[2 * at + 1]);
    }
  }

  private void playPath(int leaf) {
    for (int at = leaf >> 1; at > 0; at >>= 1) {
      long earlier = Math.min(tree[2 * at], tree[2 * at + 1]);
      if (tree[at] == earlier) {
        return;
      }
      tree[at] = earlier;
    }
  }

  private void grow(int flow) {
    int grown = Integer.highestOneBit(flow) << 1;
    long[] bigger = new long[2 * grown];
    Arrays.fill(bigger, NEVER_PS);
    System.arraycopy(tree, leaves, bigger, grown, leaves);
    tree = bigger;
    leaves = grown;
    playAll();
  }
}
