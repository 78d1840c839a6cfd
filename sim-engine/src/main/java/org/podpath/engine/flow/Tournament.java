package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * Which of many numbered players has the smallest key: a tree in which every node has the smaller
 * key of its two children. Of equal keys the one of the smallest number is first.
 */
final class Tournament {
  /** The key of a player that does not take part. */
  static final long ABSENT = Long.MAX_VALUE;

  /** Above one changed leaf of so many, all of the tree is played anew. */
  private static final int LEAVES_PER_PATH = 16;

  private long[] tree = {ABSENT, ABSENT};
  private int leaves = 1;
  private int[] changed = new int[16];
  private int changes;
  private int[] taken = new int[16];
  private int takes;

  /** Key of a player; {@link #ABSENT} where it never had one. */
  long key(int player) {
    return player < leaves ? tree[leaves + player] : ABSENT;
  }

  /** The smallest key. */
  long firstKey() {
    return tree[1];
  }

  /**
   * The player of the smallest key; there is one. Where the left child has not that key, the
   * difference is above 0, and its sign leads to the right: a branch would be mispredicted.
   */
  int first() {
    long key = tree[1];
    int at = 1;
    while (at < leaves) {
      at = 2 * at + (int) (key - tree[2 * at] >>> Long.SIZE - 1);
    }
    return at - leaves;
  }

  /**
   * Takes out all players of the smallest key, in order of their numbers: where there are many, a
   * part of what it costs to take out one after the other.
   *
   * @return how many there were; {@link #taken} has them until the next time
   */
  int takeFirst() {
    long key = tree[1];
    int player = first();
    taken[0] = player;
    takes = 1;
    set(player, ABSENT);
    if (tree[1] == key) {
      takeAll(1, key);
    }
    return takes;
  }

  /** One of them, {@code index} from 0. */
  int taken(int index) {
    return taken[index];
  }

  private void takeAll(int at, long key) {
    if (at >= leaves) {
      if (takes == taken.length) {
        taken = Arrays.copyOf(taken, 2 * takes);
      }
      taken[takes++] = at - leaves;
      tree[at] = ABSENT;
      return;
    }
    if (tree[2 * at] == key) {
      takeAll(2 * at, key);
    }
    if (tree[2 * at + 1] == key) {
      takeAll(2 * at + 1, key);
    }
    tree[at] = Math.min(tree[2 * at], tree[2 * at + 1]);
  }

  /** Gives a player a key. */
  void set(int player, long key) {
    if (player >= leaves) {
      grow(player);
    }
    int at = leaves + player;
    tree[at] = key;
    playPath(at);
  }

  /** Nobody takes part any more: a walk over what there is of the tree. */
  void clear() {
    clear(1);
  }

  private void clear(int at) {
    if (tree[at] != ABSENT) {
      tree[at] = ABSENT;
      if (at < leaves) {
        clear(2 * at);
        clear(2 * at + 1);
      }
    }
  }

  /** Gives a player a key that counts from the next {@link #play}. */
  void setLater(int player, long key) {
    if (player >= leaves) {
      grow(player);
    }
    tree[leaves + player] = key;
    if (changes == changed.length) {
      changed = Arrays.copyOf(changed, 2 * changes);
    }
    changed[changes++] = player;
  }

  /** Many changes at once cost one pass over the tree, few cost a path each. */
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

  private void playPath(int leaf) {
    long key = tree[leaf];
    for (int at = leaf; at > 1; at >>= 1) {
      key = Math.min(key, tree[at ^ 1]);
      if (tree[at >> 1] == key) {
        return;
      }
      tree[at >> 1] = key;
    }
  }

  private void playAll() {
    for (int at = leaves - 1; at > 0; at--) {
      tree[at] = Math.min(tree[2 * at], tree[2 * at + 1]);
    }
  }

  private void grow(int player) {
    int grown = Integer.highestOneBit(player) << 1;
    long[] bigger = new long[2 * grown];
    Arrays.fill(bigger, ABSENT);
    System.arraycopy(tree, leaves, bigger, grown, leaves);
    tree = bigger;
    leaves = grown;
    playAll();
  }
}
