package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.engine.datapath.Usage;
import org.podpath.engine.results.CpuMeter;

/** Adds up what one direction of a connection takes of CPUs and links. */
final class WayMeter {
  private final CpuMeter meter;
  private final LinkMeter linkMeter;
  private final int tenant;
  private final List<Passed> passed = new ArrayList<>();
  private final List<Charged> charged = new ArrayList<>();
  private final List<Crossed> crossed = new ArrayList<>();

  private record Passed(Step.Pass pass, Usage usage) {
    /** One segment may be passed on two hosts: by data on the one, by answers on the other. */
    private boolean isWhere(Step.Pass other) {
      return pass.segment() == other.segment()
          && pass.cpu() == other.cpu()
          && pass.host().id() == other.host().id();
    }
  }

  /** What passes a core for each byte, and how many packets of it find it cold. */
  private record Charged(Counts each, double coldEach, Usage usage) {}

  /** What a byte of a stream puts on a link. */
  private record Crossed(Link link, double wireBytes) {}

  WayMeter(CpuMeter meter, LinkMeter linkMeter, int tenant) {
    this.meter = meter;
    this.linkMeter = linkMeter;
    this.tenant = tenant;
  }

  /** For the same tenant, with nothing added up yet. */
  WayMeter another() {
    return new WayMeter(meter, linkMeter, tenant);
  }

  /** Every byte that moves takes {@code demand}. */
  void add(Demand demand) {
    switch (demand) {
      case Demand.OnCpu cpu -> charged.add(
          new Charged(cpu.perByte(), cpu.coldPerByte(), usage(cpu)));
      case Demand.OnLink on -> crossed.add(
          new Crossed(on.link(), on.secondsPerByte() * on.link().bitsPerSecond() / 8));
      case Demand.OnFunction function -> {} // what leaves it is on a link next
    }
  }

  /** Where what passes is counted by somebody else. */
  Usage usage(Demand.OnCpu cpu) {
    return meter.usage(cpu.host(), cpu.cpu(), tenant, cpu.segment());
  }

  /** {@code bytes} have moved. */
  void moved(double bytes) {
    for (int i = 0; i < crossed.size(); i++) {
      crosses(crossed.get(i).link, crossed.get(i).wireBytes * bytes);
    }
    for (int i = 0; i < charged.size(); i++) {
      Charged on = charged.get(i);
      add(on.usage, on.each, bytes);
      on.usage.addCold(on.coldEach * bytes);
    }
  }

  /** {@code times} what {@code each} counts has passed. */
  static void add(Usage usage, Counts each, double times) {
    usage.add(
        each.interrupts() * times,
        each.packets() * times,
        each.frames() * times,
        each.pieces() * times,
        each.bytes() * times);
  }

  /** So many bytes cross a link. */
  void crosses(Link link, double wireBytes) {
    linkMeter.crosses(link, wireBytes);
  }

  /** Where passes of the segment of {@code pass} are counted. */
  Usage usage(Step.Pass pass) {
    for (Passed before : passed) {
      if (before.isWhere(pass)) {
        return before.usage;
      }
    }
    Usage usage = meter.usage(pass.host(), pass.cpu(), tenant, pass.segment());
    passed.add(new Passed(pass, usage));
    return usage;
  }

  /** A pass of a message is over. */
  void charge(Step.Pass pass, double coldRatio, boolean first) {
    Usage usage = usage(pass);
    Counts counts = pass.counts();
    usage.add(
        counts.interrupts(), counts.packets(), counts.frames(), counts.pieces(), counts.bytes());
    usage.addCold(coldRatio);
    if (first) {
      usage.addFirst(coldRatio);
    }
  }
}
