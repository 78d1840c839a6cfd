package org.podpath.engine.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Three stations, first come, first served: customers arrive at the first and walk to the next one
 * or leave; now and then an inspector holds up the service in progress.
 *
 * <p>All times are drawn before the run, in whole microseconds, so that many events fall together.
 */
final class QueueingNetwork {
  private static final int STATIONS = 3;
  private static final long US = 1_000_000;

  private final Kernel kernel;
  private final long[] gapsPs;
  private final long[] servicesPs;
  private final long[] walksPs;
  private final List<Station> stations = new ArrayList<>();
  private final List<String> journal = new ArrayList<>();
  private final int source;
  private int arrived;
  private int services;
  private int walks;

  QueueingNetwork(Kernel kernel, int customers, long seed) {
    this.kernel = kernel;
    SplittableRandom random = new SplittableRandom(seed);
    gapsPs = draw(random, customers, 20);
    servicesPs = draw(random, STATIONS * customers, 16);
    walksPs = draw(random, STATIONS * customers, 5);
    int inspector = kernel.register(this::inspect);
    for (int i = 0; i < STATIONS; i++) {
      stations.add(new Station(i));
    }
    source = kernel.register(this::arrive);
    kernel.wake(source, 0);
    kernel.wake(inspector, 0);
  }

  /** Every event of the run: when, what, whom. */
  List<String> run() {
    kernel.runUntil(3_600_000_000L * US);
    return journal;
  }

  private static long[] draw(SplittableRandom random, int count, int belowUs) {
    return random.ints(count, 0, belowUs).mapToLong(us -> us * US).toArray();
  }

  private void arrive(int id) {
    int customer = arrived++;
    log("arrival", customer);
    stations.get(0).enter(customer);
    if (arrived < gapsPs.length) {
      kernel.wake(source, kernel.nowPs() + gapsPs[arrived]);
    }
  }

  /** Every 50 us the service in progress at the second station takes 3 us longer. */
  private void inspect(int id) {
    log("inspection", arrived);
    stations.get(1).holdUp(3 * US);
    if (arrived < gapsPs.length) {
      kernel.wake(id, kernel.nowPs() + 50 * US);
    }
  }

  private void log(String what, int customer) {
    journal.add(kernel.nowPs() + " ps  " + what + "  customer " + customer);
  }

  private final class Station implements Entity {
    private final int number;
    private final int id;
    private final ArrayDeque<Integer> line = new ArrayDeque<>();
    private long doneAtPs;

    Station(int number) {
      this.number = number;
      this.id = kernel.register(this);
    }

    void enter(int customer) {
      line.add(customer);
      if (line.size() == 1) {
        serve();
      }
    }

    void holdUp(long delayPs) {
      if (!line.isEmpty()) {
        doneAtPs += delayPs;
        kernel.cancel(id);
        kernel.wake(id, doneAtPs);
      }
    }

    @Override
    public void wake(int id) {
      int customer = line.remove();
      log("departure from " + number, customer);
      if (number + 1 < STATIONS) {
        kernel.after(walksPs[walks++], () -> {
          log("walk to " + (number + 1), customer);
          stations.get(number + 1).enter(customer);
        });
      }
      if (!line.isEmpty()) {
        serve();
      }
    }

    private void serve() {
      doneAtPs = kernel.nowPs() + servicesPs[services++];
      kernel.wake(id, doneAtPs);
    }
  }
}
