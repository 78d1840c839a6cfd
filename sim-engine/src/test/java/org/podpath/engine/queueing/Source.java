package org.podpath.engine.queueing;

import java.util.function.LongSupplier;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/** Customers that arrive one by one, for as long as the run lasts. */
final class Source implements Entity {
  private final Simulator simulator;
  private final LongSupplier gapPs;
  private final Runnable arrival;

  private Source(Simulator simulator, LongSupplier gapPs, Runnable arrival) {
    this.simulator = simulator;
    this.gapPs = gapPs;
    this.arrival = arrival;
  }

  /** The first customer comes after the first gap. */
  static void start(Simulator simulator, LongSupplier gapPs, Runnable arrival) {
    Source source = new Source(simulator, gapPs, arrival);
    source.scheduleNext(simulator.register(source));
  }

  @Override
  public void wake(int id) {
    arrival.run();
    scheduleNext(id);
  }

  private void scheduleNext(int id) {
    simulator.wake(id, simulator.nowPs() + gapPs.getAsLong());
  }
}
