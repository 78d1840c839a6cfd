package org.podpath.engine.kernel;

import java.util.Arrays;

/**
 * The clock of one run and the only way to make something happen later.
 *
 * <p>Events of one instant happen in order of their entity's id (the entity that registered, or the
 * one whose event scheduled a one-off), then an entity's own event before its one-offs, then
 * one-offs in the order in which they were scheduled. What is scheduled outside of any event counts
 * as entity 0's. The order does not depend on the queue. One simulator serves one run on one
 * thread; nothing here is static.
 */
public final class Simulator {
  /** A run may last this long: 100 days, so that times never overflow. */
  public static final long LONGEST_RUN_PS = 100L * 86_400 * 1_000_000_000_000L;

  private static final int FEW_EVENTS = 64;

  private final EventQueue queue = new EventQueue();
  private final Agenda agenda = new Agenda();
  private final RandomStreams streams;
  private Entity[] entities = new Entity[16];
  private int registered;
  private int current;
  private boolean currentMoved;
  private boolean stopped;
  private long nowPs;
  private long events;

  /**
   * A run at time 0 with nothing scheduled.
   *
   * @param seed every random stream of the run follows from it
   */
  public Simulator(long seed) {
    streams = new RandomStreams(seed);
  }

  /** The time now, in picoseconds since the start of the run. */
  public long nowPs() {
    return nowPs;
  }

  /** Events that have happened so far. */
  public long events() {
    return events;
  }

  /**
   * Gives {@code entity} its id: ids count up from 0 in order of registration.
   *
   * @throws IllegalStateException beyond 1,048,576 entities
   */
  public int register(Entity entity) {
    if (registered == EventQueue.MOST_ENTITIES) {
      throw new IllegalStateException("more than " + EventQueue.MOST_ENTITIES + " entities");
    }
    if (registered == entities.length) {
      entities = Arrays.copyOf(entities, registered + registered / 4);
    }
    entities[registered] = entity;
    queue.ensure(registered + 1);
    return registered++;
  }

  /**
   * The next event of the entity {@code id} happens at {@code atPs}; a former one is forgotten.
   *
   * @throws IllegalArgumentException if {@code atPs} is before now
   */
  public void wake(int id, long atPs) {
    if (atPs < nowPs) {
      throw past(atPs);
    }
    if (id == current) {
      currentMoved = true;
    }
    queue.set(id, atPs);
  }

  /** The entity {@code id} has no next event. */
  public void cancel(int id) {
    if (id == current) {
      currentMoved = true;
    }
    queue.clear(id);
  }

  /**
   * Calls {@code handler} {@code delayPs} picoseconds from now; 0 means later in this instant.
   *
   * @throws IllegalArgumentException if {@code delayPs} is negative, or so long that no {@code
   *     long} holds the time
   */
  public void after(long delayPs, EventHandler handler) {
    if (delayPs < 0) {
      throw past(nowPs + delayPs);
    }
    if (delayPs > Long.MAX_VALUE - nowPs) {
      throw new IllegalArgumentException(
          "an event cannot happen " + delayPs + " ps after now (" + nowPs + " ps)");
    }
    agenda.add(nowPs + delayPs, current, handler);
  }

  /**
   * Lets everything happen that is due until {@code endPs}, that instant included. Afterwards the
   * clock stands at {@code endPs}, or at the last event where nothing was left to happen or {@link
   * #stop} was called.
   *
   * @throws IllegalArgumentException if {@code endPs} is before now or beyond {@link
   *     #LONGEST_RUN_PS}
   */
  public void runUntil(long endPs) {
    if (endPs < nowPs || endPs > LONGEST_RUN_PS) {
      throw new IllegalArgumentException(
          "a run from " + nowPs + " ps cannot end at " + endPs + " ps (at most " + LONGEST_RUN_PS
              + ")");
    }
    stopped = false;
    while (!stopped && goOn(endPs)) {
      // the body is a method: what is called often is compiled once, a loop in the midst of its run
    }
    current = 0;
  }

  /** A few events happen that are due until {@code endPs}; false if they were the last. */
  private boolean goOn(long endPs) {
    for (int i = 0; i < FEW_EVENTS && !stopped; i++) {
      long oneOffPs = agenda.firstPs();
      long wakePs = queue.firstPs(Math.min(oneOffPs, endPs));
      if (wakePs <= endPs && wakeComesFirst(wakePs, oneOffPs)) {
        nowPs = wakePs;
        wakeFirst();
      } else if (oneOffPs <= endPs) {
        nowPs = oneOffPs;
        events++;
        current = agenda.firstEntity();
        currentMoved = true;
        agenda.removeFirst().handle();
      } else {
        if (!queue.isEmpty() || !agenda.isEmpty()) {
          nowPs = endPs;
        }
        return false;
      }
    }
    return true;
  }

  /** Whether the last {@link #runUntil} ended by {@link #stop}. */
  public boolean stopped() {
    return stopped;
  }

  /** Ends {@link #runUntil} after the event that is happening. */
  public void stop() {
    stopped = true;
  }

  /**
   * The random stream of one purpose, such as {@code "tenant/blue/arrivals"}: the same numbers for
   * the same seed and name, whatever else the run draws.
   *
   * @throws IllegalStateException if the name was asked for before: two users of one stream would
   *     disturb each other
   */
  public RandomStream random(String name) {
    return streams.stream(name);
  }

  private boolean wakeComesFirst(long wakePs, long oneOffPs) {
    return wakePs < oneOffPs || wakePs == oneOffPs && queue.firstEntity() <= agenda.firstEntity();
  }

  /**
   * The entity stays at the root while it acts: rescheduling itself then costs one walk, not two.
   */
  private void wakeFirst() {
    int id = queue.firstEntity();
    current = id;
    currentMoved = false;
    events++;
    entities[id].wake(id);
    if (!currentMoved) {
      queue.clear(id);
    }
  }

  private IllegalArgumentException past(long atPs) {
    return new IllegalArgumentException(
        "an event cannot happen " + (nowPs - atPs) + " ps before now (" + nowPs + " ps)");
  }
}
