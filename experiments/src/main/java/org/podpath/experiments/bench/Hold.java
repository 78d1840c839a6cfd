package org.podpath.experiments.bench;

import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * The hold model: each of so many entities wakes itself again after an exponential time, 1 ms on
 * average, taken from a table.
 */
final class Hold implements Model, Entity {
  private static final int EVENTS = 40_000_000;
  private static final int STEPS = 1 << 14;
  private static final double MEAN_STEP_PS = 1e9;

  private final Simulator simulator = new Simulator(7);
  private final long[] stepsPs = new long[STEPS];
  private int taken;
  private int eventsLeft;
  private long checksum;

  Hold(int entities) {
    this(entities, EVENTS);
  }

  Hold(int entities, int events) {
    eventsLeft = events;
    Exponential steps = new Exponential(simulator.random("steps"), MEAN_STEP_PS);
    for (int i = 0; i < STEPS; i++) {
      stepsPs[i] = steps.nextPs();
    }
    for (int i = 0; i < entities; i++) {
      simulator.wake(simulator.register(this), nextStepPs());
    }
  }

  @Override
  public Work run() {
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    return Work.ofEvents(simulator.events(), checksum);
  }

  @Override
  public void wake(int id) {
    long nowPs = simulator.nowPs();
    checksum = 31 * checksum + nowPs;
    simulator.wake(id, nowPs + nextStepPs());
    if (--eventsLeft == 0) {
      simulator.stop();
    }
  }

  private long nextStepPs() {
    return stepsPs[taken++ & STEPS - 1];
  }
}
