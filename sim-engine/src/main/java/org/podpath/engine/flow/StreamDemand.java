package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Demand;

/** What a byte of a stream takes beside the streams that share its cores. */
final class StreamDemand {
  private static final double PS_PER_SECOND = 1e12;
  /** assumption: a stream that goes slower than played by that ratio is held back elsewhere. */
  private static final double SLOWER_RATIO = 1.1;

  /** assumption: a stream is what it is for half of its bytes or more. */
  private static final double MOST_RATIO = 0.5;

  private final Uncontended uncontended;
  private final List<Demand> demands;
  private final Way way;
  private final Use answered;
  private final Use unanswered;
  private final double[] beforeThreads;
  private final WayMeter meter;
  private final double answersPerByte;

  /**
   * What all demands of a direction have in common.
   *
   * @param use adds up
   * @param cap bytes in a second that its window allows
   * @param meter of the direction
   * @param framePs time of a frame where nothing else than what it meets holds it back
   * @param togetherBytes what its sender hands to the card at once
   */
  record Way(
      StreamUse use, double cap, WayMeter meter, double framePs, double togetherBytes) {}

  StreamDemand(Uncontended uncontended, List<Demand> demands, Way way) {
    this.uncontended = uncontended;
    this.demands = demands;
    this.way = way;
    meter = way.meter.another();
    demands.forEach(meter::add);
    answersPerByte = Answers.perByte(uncontended, demands);
    answered = way.use.of(demands, true, way.cap);
    unanswered = way.use.of(demands, false, way.cap);
    beforeThreads = way.use.beforeThreads(demands, answered);
  }

  /**
   * The same where cores are found cold more rarely.
   *
   * @param ratios of the core that sends, of that which hears of answers, and of that which polls
   */
  StreamDemand cold(double[] ratios) {
    if (Arrays.stream(ratios).allMatch(ratio -> ratio == 1)) {
      return this;
    }
    List<Demand> colder = new ArrayList<>();
    for (Demand demand : demands) {
      colder.add(
          demand instanceof Demand.OnCpu cpu && cpu.coldPerByte() > 0
              ? uncontended.streams().colder(cpu, ratios[index(cpu)])
              : demand);
    }
    return new StreamDemand(uncontended, colder, way);
  }

  private int index(Demand.OnCpu cpu) {
    if (cpu.host().id() == uncontended.destination().id()
        && cpu.cpu() == uncontended.softirqCpu()) {
      return 2;
    }
    return cpu.cpu() == uncontended.sendCpu() ? 0 : 1;
  }

  /** Of so many parts of its slowest link a stream gets one that a link holds back at such a rate. */
  int wireParts(double bytesPerSecond) {
    double framePs = uncontended.segmentBytes() * PS_PER_SECOND / bytesPerSecond;
    return framePs < SLOWER_RATIO * way.framePs
        ? 1
        : Math.clamp(Math.round(framePs / uncontended.streams().wirePs()), 1, Integer.MAX_VALUE);
  }

  /**
   * Whether a stream of {@code bytes} that is read so slowly has its window full of what is unread for
   * most of its time: what it would send faster waits to be read.
   */
  boolean fillsWindow(long bytes, double bytesPerSecond) {
    double playedBytesPerSecond = uncontended.segmentBytes() * PS_PER_SECOND / way.framePs;
    double unreadRatio = Math.max(0, 1 - bytesPerSecond / playedBytesPerSecond);
    return !uncontended.fitsWindow(Math.round(MOST_RATIO * bytes * unreadRatio));
  }

  /** Bytes that its sender hands to the card at once. */
  double togetherBytes() {
    return way.togetherBytes;
  }

  /** In seconds of each resource, those of its acknowledgements with it or not. */
  Use use(boolean waitsForAnswers) {
    return waitsForAnswers ? answered : unanswered;
  }

  /** Time that the resource takes for a byte; 0 where it takes none. */
  double secondsPerByte(int resource) {
    int at = Arrays.binarySearch(answered.resources(), resource);
    return at < 0 ? 0 : answered.amounts()[at];
  }

  /** The part of it that is done before any thread: all of it where there are none. */
  double beforeThreadsSecondsPerByte(int resource) {
    int at = Arrays.binarySearch(answered.resources(), resource);
    return at < 0 ? 0 : beforeThreads[at];
  }

  /** {@code bytes} have moved; returns how many frames answer them. */
  double moved(double bytes) {
    meter.moved(bytes);
    return answersPerByte * bytes;
  }
}
