package org.podpath.benchmarks;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/** The hold model on our kernel: entities that wake themselves. */
@State(Scope.Thread)
public class PodpathHold implements Entity {
  @Param({"1000", "10000", "100000"})
  int pending;

  private final Increments increments = new Increments();
  private Simulator simulator;
  private int eventsLeft;

  /** Gives every entity its first event. */
  @Setup
  public void schedule() {
    simulator = new Simulator(7);
    for (int i = 0; i < pending; i++) {
      simulator.wake(simulator.register(this), increments.nextPs());
    }
  }

  long run(int events) {
    eventsLeft = events;
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    return simulator.nowPs();
  }

  @Override
  public void wake(int id) {
    simulator.wake(id, simulator.nowPs() + increments.nextPs());
    if (--eventsLeft == 0) {
      simulator.stop();
    }
  }
}
