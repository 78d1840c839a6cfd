package org.podpath.engine.kernel;

import java.util.Arrays;

/**
 * The next event of every entity: a tournament tree over one packed {@code long} per entity.
 *
 * <p>A leaf holds {@code time since the base << 20 | entity}, an inner node the smaller of its two
 * children, so the root is the next event, ties go to the smaller entity, and moving an entity's
 * event costs one minimum per level and no comparison that could be mispredicted. 43 bits of time
 * since the base are 8.8 s; what lies beyond waits in {@link #farPs} until nothing nearer is left
 * and the clock gets there, then the base moves. It never passes the clock, so that no event can
 * fall before it.
 */
final class EventQueue {
  static final int ENTITY_BITS = 20;
  static final int MOST_ENTITIES = 1 << ENTITY_BITS;
  static final long NEVER_PS = Long.MAX_VALUE;

  private static final long ENTITY_MASK = MOST_ENTITIES - 1;
  private static final long IDLE = Long.MAX_VALUE;
  private static final long FAR_PS = (1L << (63 - ENTITY_BITS)) - 2;
  private static final long FIRST_FAR_KEY = FAR_PS << ENTITY_BITS;

  private long[] tree = {IDLE, IDLE, IDLE, IDLE};
  /** By entity; empty until an event is far. */
  private long[] farPs = {};
  private int leaves = 2;
  private long basePs;

  /** Makes room for entity ids below {@code entities}. */
  void ensure(int entities) {
    if (entities <= leaves) {
      return;
    }
    int grown = Math.max(entities, leaves + leaves / 4);
    long[] bigger = new long[2 * grown];
    Arrays.fill(bigger, IDLE);
    System.arraycopy(tree, leaves, bigger, grown, leaves);
    tree = bigger;
    leaves = grown;
    playAll();
  }

  boolean isEmpty() {
    return tree[1] == IDLE;
  }

  /**
   * Time of the next event if that is due by {@code untilPs}; otherwise some time after {@code
   * untilPs}, {@link #NEVER_PS} when there is no event.
   *
   * @param untilPs not before the clock
   */
  long firstPs(long untilPs) {
    long key = tree[1];
    if (key < FIRST_FAR_KEY) {
      return basePs + (key >>> ENTITY_BITS);
    }
    return key == IDLE ? NEVER_PS : firstFarPs(untilPs);
  }

  /** Entity of the next event; means nothing when none is due. */
  int firstEntity() {
    return (int) (tree[1] & ENTITY_MASK);
  }

  /** The next event of {@code entity} is at {@code atPs}; a former one is forgotten. */
  void set(int entity, long atPs) {
    long sinceBasePs = atPs - basePs;
    if (sinceBasePs >= FAR_PS) {
      setFar(entity, atPs);
      sinceBasePs = FAR_PS;
    }
    put(entity, sinceBasePs << ENTITY_BITS | entity);
  }

  private void setFar(int entity, long atPs) {
    if (entity >= farPs.length) {
      farPs = Arrays.copyOf(farPs, leaves);
    }
    farPs[entity] = atPs;
  }

  /** {@code entity} has no next event. */
  void clear(int entity) {
    put(entity, IDLE);
  }

  private void put(int entity, long key) {
    long[] nodes = tree;
    int node = leaves + entity;
    nodes[node] = key;
    long least = key;
    while (node > 1) {
      least = Math.min(least, nodes[node ^ 1]);
      node >>>= 1;
      if (nodes[node] == least) {
        return;
      }
      nodes[node] = least;
    }
  }

  /** Every pending event is far: moves the base to the earliest of them, or as near as it may. */
  private long firstFarPs(long untilPs) {
    if (untilPs < basePs + FAR_PS) {
      return basePs + FAR_PS;
    }
    long earliestPs = NEVER_PS;
    for (int entity = 0; entity < leaves; entity++) {
      if (tree[leaves + entity] != IDLE) {
        earliestPs = Math.min(earliestPs, farPs[entity]);
      }
    }
    basePs = Math.min(earliestPs, untilPs);
    for (int entity = 0; entity < leaves; entity++) {
      if (tree[leaves + entity] != IDLE) {
        long sinceBasePs = Math.min(farPs[entity] - basePs, FAR_PS);
        tree[leaves + entity] = sinceBasePs << ENTITY_BITS | entity;
      }
    }
    playAll();
    return earliestPs;
  }

  /** Every inner node becomes the smaller of its children. */
  private void playAll() {
    for (int node = leaves - 1; node >= 1; node--) {
      tree[node] = Math.min(tree[2 * node], tree[2 * node + 1]);
    }
  }
}
