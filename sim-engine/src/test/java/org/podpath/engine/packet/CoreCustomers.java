package org.podpath.engine.packet;

import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;

/** Who comes to a core at random times, alone or with others, and leaves when he has been served. */
final class CoreCustomers {
  private final Simulator simulator;
  private final Counter counter;
  private final Demand demand;
  private final LongConsumer waitedPs;
  private final RandomStream gaps;

  /** Where a customer goes: to a thread, or to the softirqs of a core. */
  @FunctionalInterface
  interface Counter {
    void take(Customer customer);
  }

  /**
   * What customers ask for.
   *
   * @param meanGapPs between arrivals, of exponential distribution
   * @param together how many come in an arrival
   * @param servicePs how long one of them takes
   */
  record Demand(double meanGapPs, IntSupplier together, DoubleSupplier servicePs) {

    /** Customers who come alone. */
    static Demand alone(double meanGapPs, DoubleSupplier servicePs) {
      return new Demand(meanGapPs, () -> 1, servicePs);
    }
  }

  /** A service of a thread, or a poll of a frame. */
  final class Customer implements Softirq {
    private final long arrivedPs = simulator.nowPs();
    private final long servicePs = Math.round(demand.servicePs.getAsDouble());

    @Override
    public double beginPs(CpuCore core) {
      return servicePs;
    }

    @Override
    public void end() {
      waitedPs.accept(simulator.nowPs() - arrivedPs - servicePs);
    }

    @Override
    public boolean goesOn() {
      return false;
    }

    @Override
    public int polledFrames() {
      return 1;
    }

    @Override
    public boolean pending() {
      return false;
    }
  }

  /**
   * Nobody yet.
   *
   * @param waitedPs told how much longer than his service each customer stayed
   */
  CoreCustomers(
      Simulator simulator, String name, Counter counter, Demand demand, LongConsumer waitedPs) {
    this.simulator = simulator;
    this.counter = counter;
    this.demand = demand;
    this.waitedPs = waitedPs;
    gaps = simulator.random(name);
  }

  /** The first of them come after a gap, and others after them for ever. */
  void come() {
    simulator.after(Math.round(gaps.exponential(demand.meanGapPs)), this::arrive);
  }

  private void arrive() {
    for (int left = demand.together.getAsInt(); left > 0; left--) {
      counter.take(new Customer());
    }
    come();
  }
}
