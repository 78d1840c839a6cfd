package org.podpath.engine.flow;

import java.util.Arrays;
import java.util.List;
import org.podpath.engine.datapath.DatagramWay.Kind;
import org.podpath.engine.datapath.DatagramWay.Place;
import org.podpath.engine.datapath.DatagramWay.Polls;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.datapath.Usage;

/**
 * Datagrams at one place of their way. Nothing tells their sender to slow down: what comes takes its
 * part before streams do, and where more comes than passes, each flow passes the same share of what
 * comes of it, as in a queue of first in, first out.
 */
final class DatagramLeg extends Leg {
  private static final int[] NONE = {};

  /** Rates that differ by less are the same. */
  private static final double SAME_RATIO = 1e-9;

  /** Slower than that is as good as nothing. */
  private static final double LEAST_BYTES_PER_SECOND = 1e-3;

  /** Weight of a thread beside softirqs, which run before it does. */
  private static final double LATE_RATIO = 1e-6;

  final boolean polls;
  final int datagramBytes;
  private final Kind kind;
  private final int[] resources;
  /** Of a receive queue's core: of the first datagram of a poll. */
  private final double[] seconds;
  private final double behindSeconds;
  private final WayMeter meter;
  private final List<Demand> demands;
  private final Usage[] usages;
  private final Usage cold;
  private double firstRatio = 1;
  private double comesBytesPerSecond;
  private boolean capped = true;

  /**
   * At one of {@code places}.
   */
  DatagramLeg(Transfer transfer, Place place, Resources numbers, WayMeter meter) {
    super(transfer);
    kind = place.kind();
    this.meter = meter;
    polls = kind == Kind.POLL;
    datagramBytes = transfer.flow.pace().orElseThrow().datagramBytes();
    demands = place.demands();
    int shared = polls ? 1 : demands.size();
    int pod = kind == Kind.SEND ? transfer.flow.sourcePod() : transfer.flow.destinationPod();
    int[] ofThread = {
        numbers.quota(demands.getFirst(), pod),
        numbers.share(demands.getFirst(), pod, kind == Kind.READ)
    };
    int[] limits = Arrays.stream(ofThread).filter(limit -> limit != Resources.NONE).toArray();
    resources = new int[shared + limits.length];
    seconds = new double[resources.length];
    for (int i = 0; i < resources.length; i++) {
      resources[i] = i < shared ? numbers.of(demands.get(i)) : limits[i - shared];
      seconds[i] = demands.get(i < shared ? i : 0).secondsPerByte();
    }
    behindSeconds = polls ? demands.get(1).secondsPerByte() : 0;
    usages = demands.stream()
        .filter(demand -> polls)
        .map(demand -> meter.usage((Demand.OnCpu) demand))
        .toArray(Usage[]::new);
    if (!polls) {
      demands.forEach(meter::add);
    }
    cold =
        demands.getFirst() instanceof Demand.OnCpu cpu && place.mayBeCold()
            ? meter.usage(cpu)
            : null;
  }

  /** The core, or the link where there is none. */
  int resource() {
    return resources[0];
  }

  /** Whether it is the place where its host finds out that a core was idle. */
  boolean mayBeCold() {
    return cold != null;
  }

  /** The first datagram of every so many that come is the first of its poll. */
  boolean mixes(double ratio) {
    boolean changes = polls && Math.abs(ratio - firstRatio) > SAME_RATIO;
    firstRatio = changes ? ratio : firstRatio;
    return changes;
  }

  /** So much comes; whether that is something new. */
  boolean comes(double bytesPerSecond) {
    double now = Math.max(LEAST_BYTES_PER_SECOND, bytesPerSecond);
    boolean changes = Math.abs(now - comesBytesPerSecond) > SAME_RATIO * now;
    comesBytesPerSecond = changes ? now : comesBytesPerSecond;
    return changes;
  }

  /** As much comes as the sender can send. */
  void comesUnpaced(double guessedBytesPerSecond) {
    comes(guessedBytesPerSecond);
    capped = kind != Kind.SEND;
  }

  /** How much comes. */
  double comesBytesPerSecond() {
    return comesBytesPerSecond;
  }

  @Override
  Use use() {
    int used = 0;
    for (int i = 0; i < resources.length; i++) {
      used += secondsPerByteAt(i) > 0 ? 1 : 0;
    }
    int[] on = new int[used];
    double[] amounts = new double[used];
    for (int i = 0, at = 0; i < resources.length; i++) {
      if (secondsPerByteAt(i) > 0) {
        on[at] = resources[i];
        amounts[at++] = secondsPerByteAt(i);
      }
    }
    double cap = capped ? comesBytesPerSecond : Use.NO_CAP;
    double weight =
        switch (kind) {
          case SEND -> 1;
          case CARRY, POLL -> comesBytesPerSecond;
          case READ -> LATE_RATIO * comesBytesPerSecond;
        };
    return new Use(on, amounts, weight, cap);
  }

  private double secondsPerByteAt(int index) {
    return polls
        ? firstRatio * seconds[index] + (1 - firstRatio) * behindSeconds
        : seconds[index];
  }

  @Override
  double secondsPerByte(int resource) {
    for (int i = 0; i < resources.length; i++) {
      if (resources[i] == resource) {
        return secondsPerByteAt(i);
      }
    }
    return 0;
  }

  @Override
  double packetBytes() {
    return datagramBytes;
  }

  @Override
  double beforeThreadsSecondsPerByte(int resource) {
    return secondsPerByte(resource);
  }

  @Override
  double burstSeconds(int resource, StreamRates rates) {
    return datagramBytes * secondsPerByte(resource);
  }

  @Override
  double standingSeconds(int resource, StreamRates rates) {
    return 0;
  }

  @Override
  double windowSeconds(int resource) {
    return 0;
  }

  @Override
  double mostSeconds(int resource, StreamRates rates) {
    return 0;
  }

  @Override
  int[] links() {
    return NONE;
  }

  /**
   * {@code bytes} have passed.
   *
   * @param how they were polled, in the mean of all flows of the queue
   * @param firsts share of them that were the first of their flow in a poll
   * @param coldRatio share of them that found the core cold
   */
  void moved(double bytes, Polls how, double firsts, double coldRatio) {
    meter.moved(bytes);
    double datagrams = bytes / datagramBytes;
    if (polls) {
      WayMeter.add(usages[0], each(0), firsts * bytes);
      WayMeter.add(usages[1], each(1), (1 - firsts) * bytes);
      usages[0].add(how.interruptsPerFrame() * datagrams, 0, 0, 0, 0);
    }
    if (cold != null) {
      cold.addCold(coldRatio * datagrams);
    }
  }

  private Counts each(int index) {
    return ((Demand.OnCpu) demands.get(index)).perByte();
  }
}
