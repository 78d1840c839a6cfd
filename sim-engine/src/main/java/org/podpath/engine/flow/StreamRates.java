package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * The streams under way and the rates at which they share links, cores and their windows: solved anew when
 * some start or end, once for all that happens at one instant.
 */
final class StreamRates implements Entity {
  private static final double PS_PER_SECOND = 1e12;

  private final Simulator simulator;
  private final Network network;
  private final Resources resources;
  private final Consumer<Transfer> ended;
  private final int id;
  private final List<Transfer> streams = new ArrayList<>();
  private final int[] streamsOn;
  private final double[] busyRatio;
  private final double[] packetsPerPs;
  private int windows;
  private long progressedPs;
  private boolean solvePending;

  /**
   * No stream yet.
   *
   * @param ended told when the last byte of a stream has been sent
   */
  StreamRates(
      Simulator simulator, Network network, Resources resources, Consumer<Transfer> ended) {
    this.simulator = simulator;
    this.network = network;
    this.resources = resources;
    this.ended = ended;
    streamsOn = new int[resources.count()];
    busyRatio = new double[resources.count()];
    packetsPerPs = new double[resources.count()];
    id = simulator.register(this);
  }

  void add(Transfer stream) {
    stream.direction.demand(resources);
    stream.claim = stream.direction.claim(stream.flow.bytes());
    windows = Math.max(windows, stream.direction.index() + 1);
    streams.add(stream);
    occupy(stream, 1);
    solveSoon();
  }

  /** Takes a stream out before its end. */
  void remove(Transfer stream) {
    progress();
    if (streams.remove(stream)) {
      occupy(stream, -1);
      solveSoon();
    }
  }

  /** Whether a stream uses the resource. */
  boolean on(int resource) {
    return streamsOn[resource] > 0;
  }

  /** Share of time for which streams keep a CPU busy. */
  double busyRatio(int resource) {
    return busyRatio[resource];
  }

  /** Super-packets of streams that come to a CPU in a picosecond. */
  double packetsPerPs(int resource) {
    return packetsPerPs[resource];
  }

  /** Moves every stream on to now at the rate that held since the last change. */
  void progress() {
    double elapsedSeconds = (simulator.nowPs() - progressedPs) / PS_PER_SECOND;
    progressedPs = simulator.nowPs();
    for (Transfer stream : streams) {
      stream.moved(Math.min(stream.leftBytes, stream.bytesPerSecond * elapsedSeconds));
    }
  }

  /** Streams end, and what they leave is shared anew. */
  @Override
  public void wake(int entity) {
    progress();
    long nowPs = simulator.nowPs();
    List<Transfer> done = streams.stream().filter(s -> s.endPs <= nowPs).toList();
    streams.removeIf(s -> s.endPs <= nowPs);
    for (Transfer stream : done) {
      stream.moved(stream.leftBytes);
      stream.direction.moved(stream.direction.uncontended().lastBytes());
      occupy(stream, -1);
      ended.accept(stream);
    }
    solveSoon();
  }

  private void occupy(Transfer stream, int more) {
    for (int resource : stream.claim.sharedResources) {
      streamsOn[resource] += more;
    }
  }

  private void solveSoon() {
    if (!solvePending) {
      solvePending = true;
      simulator.after(0, this::solve);
    }
  }

  private void solve() {
    solvePending = false;
    progress();
    int[][] used = new int[streams.size()][];
    double[][] use = new double[streams.size()][];
    for (int i = 0; i < used.length; i++) {
      used[i] = streams.get(i).claim.resources;
      use[i] = streams.get(i).claim.use;
    }
    double[] capacities = new double[resources.count() + windows];
    Arrays.fill(capacities, 1);
    double[] rates = MaxMinSolver.rates(capacities, used, use);
    long nextPs = Long.MAX_VALUE;
    for (int i = 0; i < rates.length; i++) {
      Transfer stream = streams.get(i);
      stream.bytesPerSecond = rates[i];
      double leftPs = Math.ceil(stream.leftBytes / rates[i] * PS_PER_SECOND);
      stream.endPs =
          leftPs < Simulator.LONGEST_RUN_PS ? simulator.nowPs() + (long) leftPs : Long.MAX_VALUE;
      nextPs = Math.min(nextPs, stream.endPs);
    }
    loadResources();
    if (nextPs == Long.MAX_VALUE) {
      simulator.cancel(id);
    } else {
      simulator.wake(id, nextPs);
    }
  }

  private void loadResources() {
    Arrays.fill(busyRatio, 0);
    Arrays.fill(packetsPerPs, 0);
    double superPacketBytes = network.stack().superPacketBytes();
    for (Transfer stream : streams) {
      int[] used = stream.claim.sharedResources;
      for (int i = 0; i < used.length; i++) {
        double busy = stream.claim.use[i] * stream.bytesPerSecond;
        busyRatio[used[i]] = Math.min(1, busyRatio[used[i]] + busy);
        packetsPerPs[used[i]] += stream.bytesPerSecond / superPacketBytes / PS_PER_SECOND;
      }
    }
  }
}
