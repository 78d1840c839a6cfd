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
  private final double[] busyPs;
  private final double[] busyRatio;
  private final double[] takenRatio;
  private final boolean[] isUsed;
  private int[] used = new int[8];
  private int usedCount;
  private long windowStartPs;
  private boolean looks;

  MessageLoad(Simulator simulator, StreamRates streams, int resources) {
    this.simulator = simulator;
    this.streams = streams;
    busyPs = new double[resources];
    busyRatio = new double[resources];
    takenRatio = new double[resources];
    isUsed = new boolean[resources];
    id = simulator.register(this);
  }

  /** A message keeps the resource busy for so long. */
  void add(int resource, double ps) {
    if (!isUsed[resource]) {
      isUsed[resource] = true;
      if (usedCount == used.length) {
        used = Arrays.copyOf(used, 2 * usedCount);
      }
      used[usedCount++] = resource;
    }
    busyPs[resource] += ps;
    lookSoon();
  }

  /** Whether a message came to the resource. */
  boolean uses(int resource) {
    return isUsed[resource];
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
      int resource = used[i];
      double seen = busyPs[resource] / elapsedPs;
      busyRatio[resource] += newRatio * (seen - busyRatio[resource]);
      busyPs[resource] = 0;
      if (Math.abs(busyRatio[resource] - takenRatio[resource]) > CHANGE_RATIO) {
        takenRatio[resource] = busyRatio[resource];
        streams.taken(resource, busyRatio[resource]);
      }
    }
    windowStartPs = simulator.nowPs();
  }
}
