package org.podpath.experiments.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.podpath.engine.flow.Channel;
import org.podpath.engine.flow.Rounds;
import org.podpath.engine.flow.Use;

/** All-reduces by rings, played by the flow engine's rounds. */
final class Rings implements Model {
  private static final double BYTES = 100e6;
  private static final double BYTES_PER_SECOND = 12.5e9;
  private static final long LINK_PS = 1_000_000;
  private static final int[] NONE = {};

  private final double[] capacities;
  private final List<Channel> channels;
  private final boolean folds;

  private Rings(double[] capacities, List<Channel> channels, boolean folds) {
    this.capacities = capacities;
    this.channels = channels;
    this.folds = folds;
  }

  /**
   * One ring over hosts of one switch, 100 MB, 100 Gb/s, 1 us a link.
   *
   * @param folds whether ranks that do the same are one
   */
  static Rings onSwitch(int ranks, boolean folds) {
    double[] capacities = new double[2 * ranks];
    Arrays.fill(capacities, BYTES_PER_SECOND);
    List<Channel> channels = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      int next = (rank + 1) % ranks;
      int[] before = {(rank + ranks - 1) % ranks};
      channels.add(
          new Channel(
              use(rank, ranks + next), BYTES / ranks, 2 * (ranks - 1), 2 * LINK_PS, before, NONE));
    }
    return new Rings(capacities, channels, folds);
  }

  /** {@link HostRings}. */
  static Rings over(HostRings hosts, boolean folds) {
    return new Rings(hosts.capacities(), hosts.channels(), folds);
  }

  /** What a byte takes on its way over {@code links}. */
  static Use use(int... links) {
    return Use.of(links, IntStream.of(links).mapToDouble(link -> 1).toArray());
  }

  /**
   * Time that {@link #onSwitch} takes: 2(n - 1) steps, each of a latency and the time of 1/n of the
   * bytes (P. Patarasuk, X. Yuan, JPDC 69(2), 2009).
   */
  static double closedFormSeconds(int ranks) {
    return 2 * (ranks - 1) * (2e-12 * LINK_PS + BYTES / ranks / BYTES_PER_SECOND);
  }

  @Override
  public Work run() {
    Rounds rounds = play();
    long checksum = 0;
    long flows = 0;
    for (int channel = 0; channel < channels.size(); channel++) {
      checksum = 31 * checksum + rounds.endPs(channel);
      flows += rounds.arrived(channel);
    }
    return Work.ofFlows(rounds.events(), flows, rounds.variables(), checksum);
  }

  /** Folds if that is wanted, which is part of the work, and plays. */
  Rounds play() {
    Rounds rounds =
        folds ? Rounds.folded(capacities, channels) : Rounds.apart(capacities, channels);
    rounds.run();
    return rounds;
  }
}
