package org.podpath.engine.queueing;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/** One server and the line in front of it: first come, first served, room for all. */
final class FifoServer implements Entity {
  private final Simulator simulator;
  private final LongSupplier servicePs;
  private final Departures departures;
  private final int id;
  private long[] arrivedAtPs = new long[16];
  private int head;
  private int customers;

  FifoServer(Simulator simulator, LongSupplier servicePs, Departures departures) {
    this.simulator = simulator;
    this.servicePs = servicePs;
    this.departures = departures;
    this.id = simulator.register(this);
  }

  /** Customers here, the one in service included. */
  int customers() {
    return customers;
  }

  void arrive() {
    if (customers == arrivedAtPs.length) {
      long[] bigger = Arrays.copyOfRange(arrivedAtPs, head, head + 2 * customers);
      System.arraycopy(arrivedAtPs, 0, bigger, customers - head, head);
      arrivedAtPs = bigger;
      head = 0;
    }
    arrivedAtPs[head + customers & arrivedAtPs.length - 1] = simulator.nowPs();
    if (customers++ == 0) {
      serve();
    }
  }

  @Override
  public void wake(int id) {
    long sojournPs = simulator.nowPs() - arrivedAtPs[head];
    head = head + 1 & arrivedAtPs.length - 1;
    customers--;
    if (customers > 0) {
      serve();
    }
    departures.departed(sojournPs);
  }

  private void serve() {
    simulator.wake(id, simulator.nowPs() + servicePs.getAsLong());
  }

  /** Told of every customer that leaves. */
  @FunctionalInterface
  interface Departures {
    void departed(long sojournPs);
  }
}
