package org.podpath.engine.kernel;

import java.util.Arrays;

/**
 * One-off events: a binary heap in order of time, then scheduling entity, then the order in which
 * they were scheduled.
 */
final class Agenda {
  private static final int SEQUENCE_BITS = 63 - EventQueue.ENTITY_BITS;

  private long[] atPs = new long[16];
  private long[] rank = new long[16];
  private EventHandler[] handlers = new EventHandler[16];
  private int size;
  private long scheduled;

  boolean isEmpty() {
    return size == 0;
  }

  /** Time of the first event, {@link EventQueue#NEVER_PS} when there is none. */
  long firstPs() {
    return size == 0 ? EventQueue.NEVER_PS : atPs[0];
  }

  /** Entity that scheduled the first event; means nothing when there is none. */
  int firstEntity() {
    return (int) (rank[0] >>> SEQUENCE_BITS);
  }

  void add(long eventPs, int entity, EventHandler handler) {
    if (size == atPs.length) {
      atPs = Arrays.copyOf(atPs, 2 * size);
      rank = Arrays.copyOf(rank, 2 * size);
      handlers = Arrays.copyOf(handlers, 2 * size);
    }
    long eventRank = (long) entity << SEQUENCE_BITS | scheduled++;
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!before(eventPs, eventRank, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    place(hole, eventPs, eventRank, handler);
  }

  EventHandler removeFirst() {
    EventHandler first = handlers[0];
    int last = --size;
    long lastPs = atPs[last];
    long lastRank = rank[last];
    EventHandler lastHandler = handlers[last];
    handlers[last] = null;
    int hole = 0;
    while (2 * hole + 1 < size) {
      int child = 2 * hole + 1;
      if (child + 1 < size && before(atPs[child + 1], rank[child + 1], child)) {
        child++;
      }
      if (before(lastPs, lastRank, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    if (size > 0) {
      place(hole, lastPs, lastRank, lastHandler);
    }
    return first;
  }

  private boolean before(long eventPs, long eventRank, int other) {
    return eventPs != atPs[other] ? eventPs < atPs[other] : eventRank < rank[other];
  }

  private void move(int from, int to) {
    place(to, atPs[from], rank[from], handlers[from]);
  }

  private void place(int slot, long eventPs, long eventRank, EventHandler handler) {
    atPs[slot] = eventPs;
    rank[slot] = eventRank;
    handlers[slot] = handler;
  }
}
