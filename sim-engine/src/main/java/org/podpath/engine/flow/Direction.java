package org.podpath.engine.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.engine.datapath.Usage;
import org.podpath.engine.results.CpuMeter;

/**
 * One direction of a connection: its closed form, what a byte of a stream asks for, and the flows
 * that wait for their turn on it.
 */
final class Direction {
  final ArrayDeque<Transfer> waiting = new ArrayDeque<>();
  private static final double PS_PER_SECOND = 1e12;

  private final Uncontended uncontended;
  private final StreamStart start;
  private final CpuMeter meter;
  private final LinkMeter linkMeter;
  private final int tenant;
  private final List<Passed> passed = new ArrayList<>();
  private final List<Charged> charged = new ArrayList<>();
  private final List<Crossed> crossed = new ArrayList<>();
  private Use answered;
  private Use unanswered;
  private boolean connected;
  private int sendCpu;
  private int receiveCpu;
  private long reachPs;

  private record Passed(Segment segment, Usage usage) {}

  private record Charged(Counts each, Usage usage) {}

  /** What a byte of a stream puts on a link. */
  private record Crossed(Link link, double wireBytes) {}

  /**
   * A direction that nothing has used.
   *
   * @param reverse whether it leads to the opener of its connection
   */
  Direction(
      Uncontended uncontended,
      StreamStart start,
      CpuMeter meter,
      LinkMeter linkMeter,
      int tenant,
      boolean reverse) {
    this.uncontended = uncontended;
    this.start = start;
    this.meter = meter;
    this.linkMeter = linkMeter;
    this.tenant = tenant;
    connected = reverse;
  }

  Uncontended uncontended() {
    return uncontended;
  }

  /** Asks what a byte takes of every CPU and link, and of the direction's own window. */
  void demand(Resources numbers) {
    if (answered != null) {
      return;
    }
    List<Demand> demands = uncontended.streamDemands();
    for (Demand demand : demands) {
      switch (demand) {
        case Demand.OnCpu cpu -> charged.add(
            new Charged(cpu.perByte(), meter.usage(cpu.host(), cpu.cpu(), tenant, cpu.segment())));
        case Demand.OnLink on -> crossed.add(
            new Crossed(on.link(), on.secondsPerByte() * on.link().bitsPerSecond() / 8));
      }
    }
    sendCpu = numbers.cpu(uncontended.source(), uncontended.sendCpu());
    receiveCpu = numbers.cpu(uncontended.destination(), uncontended.softirqCpu());
    reachPs = uncontended.messagePs(1);
    answered = use(demands, true, numbers);
    unanswered = use(demands, false, numbers);
  }

  /**
   * What a byte of a stream takes, in seconds of each resource, and what its window allows. A
   * stream that fits into its window never waits for an acknowledgement, so it does not matter to
   * it how long the way back is; a longer one goes as fast as its acknowledgements.
   */
  Use use(long bytes) {
    return uncontended.fitsWindow(bytes) ? unanswered : answered;
  }

  private Use use(List<Demand> demands, boolean waitsForAnswers, Resources numbers) {
    TreeMap<Integer, Double> seconds = new TreeMap<>();
    for (Demand demand : demands) {
      boolean answers = demand instanceof Demand.OnLink link && link.answers();
      if (demand.secondsPerByte() > 0 && (waitsForAnswers || !answers)) {
        seconds.merge(numbers.of(demand), demand.secondsPerByte(), Double::sum);
      }
    }
    return new Use(
        seconds.keySet().stream().mapToInt(Integer::intValue).toArray(),
        seconds.values().stream().mapToDouble(Double::doubleValue).toArray(),
        1,
        1 / uncontended.windowSecondsPerByte());
  }

  /** {@code bytes} of a stream have moved. */
  void moved(double bytes) {
    for (int i = 0; i < crossed.size(); i++) {
      linkMeter.crosses(crossed.get(i).link, crossed.get(i).wireBytes * bytes);
    }
    for (int i = 0; i < charged.size(); i++) {
      Counts each = charged.get(i).each;
      charged
          .get(i).usage
              .add(
                  each.interrupts() * bytes,
                  each.packets() * bytes,
                  each.frames() * bytes,
                  each.pieces() * bytes,
                  each.bytes() * bytes);
    }
  }

  /** The next packet is the first of a connection again. */
  void reopen() {
    connected = false;
    start.reopen();
  }

  /** How long a message that is sent now waits for its window to grow. */
  long stallsPs(long bytes, long nowPs) {
    start.wakeUp(nowPs);
    double stallsPs = start.stallsPs(bytes);
    start.sent(bytes, nowPs);
    return Math.round(stallsPs);
  }

  /** A message goes on its way. */
  void messageCrosses(long bytes) {
    for (Link link : uncontended.links()) {
      linkMeter.crosses(link, uncontended.wireBytes(bytes));
    }
  }

  /** A stream is about to move its first bytes. */
  void begin(Transfer stream, CpuStates cpus, long nowPs) {
    start.wakeUp(nowPs);
    stream.begunPs = nowPs;
    stream.coldSend = cpus.coldRatio(sendCpu, nowPs);
    stream.coldReceive = cpus.coldRatio(receiveCpu, nowPs + reachPs);
  }

  /** Whether the flow that begins now is the first of its connection; asking makes it not. */
  boolean takeFirst() {
    boolean first = !connected;
    connected = true;
    return first;
  }

  /** What a stream whose bytes have moved takes on top of that. */
  long lagPs(Transfer stream, long nowPs) {
    long bytes = stream.flow.bytes();
    double secondsPerByte = (nowPs - stream.begunPs) / PS_PER_SECOND / bytes;
    StreamStart.Lag lag =
        start.lag(bytes, secondsPerByte, stream.coldSend, stream.coldReceive);
    start.sent(bytes, nowPs);
    boolean first = takeFirst();
    if (!first && lag.coldSends() == 0 && lag.coldReceives() == 0) {
      return Math.round(lag.ps());
    }
    double firstPs = 0;
    for (Step step : uncontended.messageSteps(1, false)) {
      if (step instanceof Step.Pass pass) {
        double coldRatio = pass.sends() ? stream.coldSend : stream.coldReceive;
        Usage usage = usage(pass);
        usage.addCold(pass.sends() ? lag.coldSends() : lag.coldReceives());
        if (first) {
          usage.addFirst(coldRatio);
          firstPs += uncontended.passPs(pass, coldRatio, true);
          firstPs -= uncontended.passPs(pass, coldRatio, false);
        }
      }
    }
    return Math.round(lag.ps() + firstPs);
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

  private Usage usage(Step.Pass pass) {
    for (Passed before : passed) {
      if (before.segment == pass.segment()) {
        return before.usage;
      }
    }
    Usage usage = meter.usage(pass.host(), pass.cpu(), tenant, pass.segment());
    passed.add(new Passed(pass.segment(), usage));
    return usage;
  }
}
