package org.podpath.engine.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.engine.datapath.Usage;
import org.podpath.engine.results.CpuMeter;

/**
 * One direction of a connection: its closed form, and the streams that wait for their turn on it.
 */
final class Direction {
  private final Uncontended uncontended;
  private final CpuMeter meter;
  private final int tenant;
  final ArrayDeque<Stream> waiting = new ArrayDeque<>();
  private final List<Passed> passed = new ArrayList<>();
  private boolean connected;

  private record Passed(Segment segment, Usage usage) {}

  Direction(Uncontended uncontended, CpuMeter meter, int tenant, boolean reverse) {
    this.uncontended = uncontended;
    this.meter = meter;
    this.tenant = tenant;
    connected = reverse;
  }

  Uncontended uncontended() {
    return uncontended;
  }

  Usage usage(Host host, int cpu, Segment segment) {
    return meter.usage(host, cpu, tenant, segment);
  }

  /** The first packet of the connection has passed. */
  void connected() {
    connected = true;
  }

  /**
   * Charges a pass of a message. Returns how long it takes, in picoseconds.
   *
   * @param coldRatio probability that it finds the core cold
   */
  double chargedPs(Step.Pass pass, double coldRatio) {
    Usage usage = usage(pass);
    Counts counts = pass.counts();
    usage.add(
        counts.interrupts(), counts.packets(), counts.frames(), counts.pieces(), counts.bytes());
    usage.addCold(coldRatio);
    if (!connected) {
      usage.addFirst(coldRatio);
    }
    return uncontended.passPs(pass, coldRatio, !connected);
  }

  private Usage usage(Step.Pass pass) {
    for (Passed before : passed) {
      if (before.segment == pass.segment()) {
        return before.usage;
      }
    }
    Usage usage = usage(pass.host(), pass.cpu(), pass.segment());
    passed.add(new Passed(pass.segment(), usage));
    return usage;
  }
}
