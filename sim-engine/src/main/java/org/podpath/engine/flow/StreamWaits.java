package org.podpath.engine.flow;

import org.podpath.engine.kernel.RandomStream;

/**
 * How long messages wait behind streams.
 *
 * <p>Where a resource is the tightest of a stream, what its window allows beyond the bytes on the way
 * waits there, and a message behind it. Where acknowledgements wait as well, since they come over a full
 * link, the two waits together make up the window: assumption: any split is as likely as another.
 * Elsewhere streams come in bursts: a message waits for what is
 * left of one with the probability that the resource is busy, and for as many bursts as a geometric
 * number of them (Beneš' series of the M/G/1 wait: L. Kleinrock, "Queueing Systems" vol. 1, section
 * 5.7). assumption: a stream's bursts do not wait for each other, so that the number is at most that
 * of the streams.
 */
final class StreamWaits {
  private static final double PS_PER_SECOND = 1e12;

  private final StreamRates streams;
  private final RandomStream random;

  StreamWaits(StreamRates streams, RandomStream random) {
    this.streams = streams;
    this.random = random;
  }

  /** How long a message that comes now to {@code resource} waits for streams. */
  double waitPs(int resource) {
    int count = streams.countOn(resource);
    if (count == 0) {
      return 0;
    }
    double queueSeconds = 0;
    double splitSeconds = 0;
    for (int i = 0; i < count; i++) {
      double seconds = streams.standingSeconds(resource, i);
      if (seconds > 0) {
        boolean splits = streams.answersWait(resource, i);
        queueSeconds += splits ? 0 : seconds;
        splitSeconds += splits ? seconds : 0;
      }
    }
    if (splitSeconds > 0) {
      queueSeconds += random.nextDouble() * splitSeconds;
    }
    return (queueSeconds > 0 ? queueSeconds : burstSeconds(resource, count)) * PS_PER_SECOND;
  }

  private double burstSeconds(int resource, int count) {
    double busyRatio = streams.busyRatio(resource);
    double seconds = 0;
    for (int bursts = 0; bursts < count && random.nextDouble() < busyRatio; bursts++) {
      seconds += random.nextDouble() * burstOf(resource, count, busyRatio * random.nextDouble());
    }
    return seconds;
  }

  /** Of the stream that is met where {@code ratio} of the busy time has been passed. */
  private double burstOf(int resource, int count, double ratio) {
    double left = ratio;
    int index = 0;
    while (index < count - 1 && left >= streams.busyRatio(resource, index)) {
      left -= streams.busyRatio(resource, index);
      index++;
    }
    return streams.burstSeconds(resource, index);
  }
}
