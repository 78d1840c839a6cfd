package org.podpath.experiments.bench;

import java.util.Arrays;
import org.podpath.engine.kernel.Simulator;

/**
 * An M/M/1 queue with a load of 0.9, first come, first served: services of 1 us on average. The run
 * ends when the last customer leaves.
 */
final class SingleServer implements Model {
  private static final double MEAN_SERVICE_PS = 1e6;
  private static final double LOAD = 0.9;

  private final Simulator simulator = new Simulator(7);
  private final Exponential gaps =
      new Exponential(simulator.random("arrivals"), MEAN_SERVICE_PS / LOAD);
  private final Exponential services =
      new Exponential(simulator.random("services"), MEAN_SERVICE_PS);
  private final int source = simulator.register(this::arrive);
  private final int server = simulator.register(this::depart);
  private long[] arrivedAtPs = new long[1024];
  private int customersToCome;
  private int head;
  private int waiting;
  private long checksum;

  SingleServer(int customers) {
    customersToCome = customers;
    simulator.wake(source, gaps.nextPs());
  }

  @Override
  public Work run() {
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    return Work.ofEvents(simulator.events(), checksum);
  }

  private void arrive(int id) {
    if (waiting == arrivedAtPs.length) {
      grow();
    }
    arrivedAtPs[head + waiting & arrivedAtPs.length - 1] = simulator.nowPs();
    if (waiting++ == 0) {
      serve();
    }
    if (--customersToCome > 0) {
      simulator.wake(source, simulator.nowPs() + gaps.nextPs());
    }
  }

  private void depart(int id) {
    long sojournPs = simulator.nowPs() - arrivedAtPs[head];
    checksum = 31 * checksum + sojournPs;
    head = head + 1 & arrivedAtPs.length - 1;
    if (--waiting > 0) {
      serve();
    }
  }

  private void serve() {
    simulator.wake(server, simulator.nowPs() + services.nextPs());
  }

  private void grow() {
    long[] bigger = Arrays.copyOfRange(arrivedAtPs, head, head + 2 * waiting);
    System.arraycopy(arrivedAtPs, 0, bigger, waiting - head, head);
    arrivedAtPs = bigger;
    head = 0;
  }
}
