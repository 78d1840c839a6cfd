package org.podpath.engine.flow;

import org.podpath.engine.kernel.RandomStream;

/**
 * How long messages wait behind streams.
 *
 * <p>Where a resource is the tightest of a stream, what its window allows beyond the bytes on the way
 * waits there, and a message behind it. Where acknowledgements wait as well, since they come over a full
 * link, the two waits together make up the window: {@link Split}. At a core bytes wait for a thread, to be
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
  private final int firstLink;
  /** Of each link; null where nothing was split. */
  private final Split[] splits;

  StreamWaits(StreamRates streams, Resources resources, RandomStream random) {
    this.streams = streams;
    this.random = random;
    firstLink = resources.firstLink();
    splits = new Split[resources.links()];
  }

  /** How long a message that comes to the link at {@code atPs} waits for streams. */
  double linkPs(int link, long atPs) {
    int count = streams.countOn(link);
    if (count == 0) {
      return 0;
    }
    double splitSeconds = standingSeconds(link, count, true);
    double queueSeconds = standingSeconds(link, count, false);
    if (splitSeconds > 0) {
      queueSeconds += splitSeconds * split(link).ratio(atPs, splitSeconds * PS_PER_SECOND, random);
    }
    return (queueSeconds > 0 ? queueSeconds : burstSeconds(link, count, true)) * PS_PER_SECOND;
  }

  private Split split(int link) {
    if (splits[link - firstLink] == null) {
      splits[link - firstLink] = new Split();
    }
    return splits[link - firstLink];
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
    double queueSeconds =
        streams.framesWait(cpu)
            ? random.nextDouble() * standingSeconds(cpu, count, true)
                + standingSeconds(cpu, count, false)
            : 0;
    return (queueSeconds > 0 ? queueSeconds : burstSeconds(cpu, count, !reads)) * PS_PER_SECOND;
  }

  /** Of those whose acknowledgements wait as well, or of the others. */
  private double standingSeconds(int resource, int count, boolean split) {
    double seconds = 0;
    for (int i = 0; i < count; i++) {
      double standing = streams.standingSeconds(resource, i);
      seconds += standing > 0 && streams.answersWait(resource, i) == split ? standing : 0;
    }
    return seconds;
  }

  private double burstSeconds(int resource, int count, boolean beforeThreads) {
    double busyRatio = 0;
    for (int i = 0; i < count; i++) {
      busyRatio += busyRatio(resource, i, beforeThreads);
    }
    busyRatio = Math.min(1, busyRatio);
    double seconds = 0;
    for (int bursts = 0; bursts < count && random.nextDouble() < busyRatio; bursts++) {
      double met = busyRatio * random.nextDouble();
      seconds += random.nextDouble() * burstOf(resource, count, met, beforeThreads);
    }
    return seconds;
  }

  private double busyRatio(int resource, int index, boolean beforeThreads) {
    return beforeThreads
        ? streams.beforeThreadsRatio(resource, index)
        : streams.busyRatio(resource, index);
  }

  /** Of the stream that is met where {@code ratio} of the busy time has been passed. */
  private double burstOf(int resource, int count, double ratio, boolean beforeThreads) {
    double left = ratio;
    int index = 0;
    while (index < count - 1 && left >= busyRatio(resource, index, beforeThreads)) {
      left -= busyRatio(resource, index, beforeThreads);
      index++;
    }
    double whole = streams.busyRatio(resource, index);
    double part = whole > 0 ? busyRatio(resource, index, beforeThreads) / whole : 0;
    return part * streams.burstSeconds(resource, index);
  }
}
