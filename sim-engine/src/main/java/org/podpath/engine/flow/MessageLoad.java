package org.podpath.engine.flow;

import java.util.Arrays;
import org.apache.commons.math3.util.FastMath;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * What messages take of cores and links, as a mean over some time: streams share what they leave.
 */
final class MessageLoad implements Entity {
  /** assumption: often enough for streams of some megabytes, seldom enough to cost nothing. */
  private static final long WINDOW_PS = 10_000_000_000L;

  /** assumption: over which time it is averaged; some hundred messages of a busy service. */
  private static final double AVERAGED_PS = 100e9;

  /** Capacities follow once they are off by that share. */
  private static final double CHANGE_RATIO = 0.005;

  private final Simulator simulator;
  private final StreamRates streams;
  private final int id;
  /** Of each resource: its place in the arrays below, from 1; 0 where no message came. */
  private final int[] places;
  private int[] used = new int[8];
  private double[] busyPs = new double[8];
  private double[] busyRatio = new double[8];
  private double[] takenRatio = new double[8];
  private int usedCount;
  private long windowStartPs;
  private boolean looks;

  MessageLoad(Simulator simulator, StreamRates streams, int resources) {
    this.simulator = simulator;
    this.streams = streams;
    places = new int[resources];
    id = simulator.register(this);
  }

  /** A message keeps the resource busy for so long. */
  void add(int resource, double ps) {
    if (places[resource] == 0) {
      use(resource);
    }
    busyPs[places[resource] - 1] += ps;
    lookSoon();
  }

  private void use(int resource) {
    if (usedCount == used.length) {
      used = Arrays.copyOf(used, 2 * usedCount);
      busyPs = Arrays.copyOf(busyPs, 2 * usedCount);
      busyRatio = Arrays.copyOf(busyRatio, 2 * usedCount);
      takenRatio = Arrays.copyOf(takenRatio, 2 * usedCount);
    }
    used[usedCount++] = resource;
    places[resource] = usedCount;
  }

  /** Whether a message came to the resource. */
  boolean uses(int resource) {
    return places[resource] > 0;
  }

  /** Streams have come or gone. */
  void streamsChanged() {
    if (streams.any()) {
      if (simulator.nowPs() - windowStartPs >= WINDOW_PS) {
        look();
      }
      lookSoon();
    } else if (looks) {
      looks = false;
      simulator.cancel(id);
    }
  }

  private void lookSoon() {
    if (!looks && usedCount > 0 && streams.any()) {
      looks = true;
      simulator.wake(id, simulator.nowPs() + WINDOW_PS);
    }
  }

  @Override
  public void wake(int entity) {
    looks = false;
    look();
    lookSoon();
  }

  private void look() {
    long elapsedPs = simulator.nowPs() - windowStartPs;
    double newRatio = 1 - FastMath.exp(-elapsedPs / AVERAGED_PS);
    for (int i = 0; i < usedCount; i++) {
      double seen = busyPs[i] / elapsedPs;
      busyRatio[i] += newRatio * (seen - busyRatio[i]);
      busyPs[i] = 0;
      if (Math.abs(busyRatio[i] - takenRatio[i]) > CHANGE_RATIO) {
        takenRatio[i] = busyRatio[i];
        streams.taken(used[i], busyRatio[i]);
      }
    }
    windowStartPs = simulator.nowPs();
  }
}
