package org.podpath.engine.flow;

import org.apache.commons.math3.util.FastMath;

/** What streams and datagrams do to cores and links at the rates of the last solution. */
final class StreamLoads {
  private static final double PS_PER_SECOND = 1e12;

  private final StreamRates rates;

  StreamLoads(StreamRates rates) {
    this.rates = rates;
  }

  /** Share of time for which streams keep a CPU busy. */
  double busyRatio(int resource) {
    return Math.min(1, rates.taken(resource));
  }

  /** The same of one of those on the resource, {@code index} from 0. */
  double busyRatio(int resource, int index) {
    Leg leg = rates.legOn(resource, index);
    return rates.bytesPerSecond(leg) * leg.secondsPerByte(resource);
  }

  /** The part of it that is done before any thread. */
  double beforeThreadsRatio(int resource, int index) {
    Leg leg = rates.legOn(resource, index);
    return rates.bytesPerSecond(leg) * leg.beforeThreadsSecondsPerByte(resource);
  }

  /** Whether softirqs or a poller have all of a core, or nearly, so that frames wait for them. */
  boolean framesWait(int cpu) {
    double ratio = 0;
    for (int i = 0; i < rates.countOn(cpu); i++) {
      ratio += beforeThreadsRatio(cpu, i);
    }
    return ratio >= StreamRates.FULL_RATIO * rates.capacity(cpu);
  }

  /** Time that the resource takes for a burst of one of these. */
  double burstSeconds(int resource, int index) {
    return rates.legOn(resource, index).burstSeconds(resource, rates);
  }

  /** What of one of these waits at the resource, as time that it takes; 0 if it waits elsewhere. */
  double standingSeconds(int resource, int index) {
    return rates.legOn(resource, index).standingSeconds(resource, rates);
  }

  /** Super-packets of streams, and datagrams, that come to a CPU in a picosecond. */
  double packetsPerPs(int resource) {
    double packets = 0;
    for (int i = 0; i < rates.countOn(resource); i++) {
      Leg leg = rates.legOn(resource, i);
      packets += rates.bytesPerSecond(leg) / leg.packetBytes();
    }
    return packets / PS_PER_SECOND;
  }

  /** Datagrams that come to a receive queue's core in a picosecond. */
  double polledPerPs(int resource) {
    double datagramsPerSecond = 0;
    for (int i = 0; i < rates.countOn(resource); i++) {
      if (rates.legOn(resource, i) instanceof DatagramLeg leg && leg.polls) {
        datagramsPerSecond += leg.comesBytesPerSecond() / leg.datagramBytes;
      }
    }
    return datagramsPerSecond / PS_PER_SECOND;
  }

  /** Whether one of those on the resource is a stream. */
  boolean anyStreamOn(int resource) {
    for (int i = 0; i < rates.countOn(resource); i++) {
      if (rates.legOn(resource, i) instanceof StreamLeg) {
        return true;
      }
    }
    return false;
  }

  /**
   * Probability that the core of {@code leg} idled for {@code gapPs} for all that others did: {@code
   * 1 − busy}, times that none of their packets came.
   */
  double idleBesideRatio(DatagramLeg leg, double gapPs) {
    double busyRatio = 0;
    double packetsPerSecond = 0;
    for (int i = 0; i < rates.countOn(leg.resource()); i++) {
      Leg other = rates.legOn(leg.resource(), i);
      if (other.transfer != leg.transfer) {
        busyRatio += rates.bytesPerSecond(other) * other.secondsPerByte(leg.resource());
        packetsPerSecond += rates.bytesPerSecond(other) / other.packetBytes();
      }
    }
    return Math.max(0, 1 - busyRatio)
        * FastMath.exp(-packetsPerSecond / PS_PER_SECOND * gapPs);
  }
}
