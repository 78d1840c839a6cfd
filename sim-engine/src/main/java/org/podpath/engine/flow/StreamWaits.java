package org.podpath.engine.flow;

import org.podpath.engine.kernel.RandomStream;

/**
 * How long messages wait behind streams.
 *
 * <p>Where a resource is the tightest of a stream, what its window allows beyond the bytes on the way
 * waits there, and a message behind it; but where {@link
 * org.podpath.engine.datapath.Network#sparseGoFirst}, no message waits at its own host's card for more
 * than the super-packet that goes out. At a core bytes wait for a thread, to be
 * sent or read, and no message behind them: its softirqs stop threads, and its own thread has its turn
 * next, as one that slept. Only where softirqs alone have all of the core frames wait for them.
 *
 * <p>Elsewhere streams come in bursts: a message waits for what is
 * left of one with the probability that the resource is busy, and for as many bursts as a geometric
 * number of them (Beneš' series of the M/G/1 wait: L. Kleinrock, "Queueing Systems" vol. 1, section
 * 5.7). assumption: a stream's bursts do not wait for each other, so that the number is at most that
 * of the streams.
 */
final class StreamWaits {
  private static final double PS_PER_SECOND = 1e12;

  private final StreamRates streams;
  private final RandomStream random;
  private final Pushed pushed;

  StreamWaits(StreamRates streams, Resources resources, RandomStream random) {
    this.streams = streams;
    this.random = random;
    pushed = new Pushed(streams, resources);
  }

  /** How long a message of {@code wirePs} that comes now to a link waits for streams. */
  double linkPs(int link, long wirePs) {
    int count = streams.countOn(link);
    if (count == 0) {
      return 0;
    }
    double queuePs = standingSeconds(link, count) * PS_PER_SECOND;
    return queuePs > 0
        ? queuePs
        : pushed.by(link, wirePs) + burstSeconds(link, count, count, true) * PS_PER_SECOND;
  }

  /**
   * The same at its host's card.
   *
   * @param goesFirst whether the card sends it before all but the super-packet that goes out
   */
  double cardPs(int link, long wirePs, boolean goesFirst) {
    int count = streams.countOn(link);
    if (count == 0) {
      return 0;
    }
    pushed.gap(link, wirePs);
    double queueSeconds = goesFirst ? 0 : standingSeconds(link, count);
    return (queueSeconds > 0 ? queueSeconds
        : burstSeconds(link, count, goesFirst ? 1 : count, true))
        * PS_PER_SECOND;
  }

  /** A stream begins. */
  void began(Leg stream, long nowPs) {
    pushed.began(stream, nowPs);
  }

  /** A stream has ended. */
  void ended(Leg stream, long nowPs) {
    pushed.ended(stream, nowPs);
  }

  /**
   * How long a message that comes now to a CPU waits for streams.
   *
   * @param reads whether it comes to a thread
   */
  double cpuPs(int cpu, boolean reads) {
    int count = streams.countOn(cpu);
    if (count == 0) {
      return 0;
    }
    double queueSeconds = queueSeconds(cpu, count);
    return (queueSeconds > 0 ? queueSeconds : burstSeconds(cpu, count, count, !reads))
        * PS_PER_SECOND;
  }

  /** Whether streams come to a CPU. */
  boolean anyAt(int cpu) {
    return streams.countOn(cpu) > 0;
  }

  /** Whether what comes to a CPU waits there for windows of streams: it polls for them all of the time. */
  boolean standAt(int cpu) {
    return queueSeconds(cpu, streams.countOn(cpu)) > 0;
  }

  private double queueSeconds(int cpu, int count) {
    return streams.loads().framesWait(cpu) ? standingSeconds(cpu, count) : 0;
  }

  private double standingSeconds(int resource, int count) {
    double seconds = 0;
    for (int i = 0; i < count; i++) {
      seconds += streams.loads().standingSeconds(resource, i);
    }
    return seconds;
  }

  private double burstSeconds(int resource, int count, int most, boolean beforeThreads) {
    double busyRatio = 0;
    for (int i = 0; i < count; i++) {
      busyRatio += busyRatio(resource, i, beforeThreads);
    }
    busyRatio = Math.min(1, busyRatio);
    double seconds = 0;
    for (int bursts = 0; bursts < most && random.nextDouble() < busyRatio; bursts++) {
      double met = busyRatio * random.nextDouble();
      seconds += random.nextDouble() * burstOf(resource, count, met, beforeThreads);
    }
    return seconds;
  }

  private double busyRatio(int resource, int index, boolean beforeThreads) {
    return beforeThreads
        ? streams.loads().beforeThreadsRatio(resource, index)
        : streams.loads().busyRatio(resource, index);
  }

  /** Of the stream that is met where {@code ratio} of the busy time has been passed. */
  private double burstOf(int resource, int count, double ratio, boolean beforeThreads) {
    double left = ratio;
    int index = 0;
    while (index < count - 1 && left >= busyRatio(resource, index, beforeThreads)) {
      left -= busyRatio(resource, index, beforeThreads);
      index++;
    }
    double whole = streams.loads().busyRatio(resource, index);
    double part = whole > 0 ? busyRatio(resource, index, beforeThreads) / whole : 0;
    return part * streams.loads().burstSeconds(resource, index);
  }
}
