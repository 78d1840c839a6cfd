package org.podpath.engine.flow;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.util.FastMath;
import org.podpath.engine.datapath.DatagramWay;
import org.podpath.engine.datapath.DatagramWay.Place;
import org.podpath.engine.datapath.DatagramWay.Polls;
import org.podpath.engine.traffic.Pace;

/**
 * Datagrams under way. They leave at their pace, or as fast as their sender's core and card allow;
 * what passes one place comes to the next. The last of them is not part of the fluid: it leaves when
 * the others have, and the flow ends when it has been read.
 */
final class DatagramFlow {
  private static final double PS_PER_SECOND = 1e12;

  /** Of a place that never gets done with its flow before the sender is. */
  private static final double ENDLESS_BYTES = 1e300;

  /** What is less is no loss but the last bits of numbers. */
  private static final double LOSS_RATIO = 1e-6;

  final Transfer transfer;
  final DatagramLeg[] legs;
  private final DatagramWay way;
  private final List<Place> places;
  private final Pace pace;
  private final double coldIdlePs;
  private final long lastBytes;
  /** Of each place, as of the last solution: what passes over what is sent. */
  private final double[] passes;
  private final double[] firsts;
  private final double[] cold;
  private final Polls[] polls;
  private double leftBytes;
  private double lostBytes;

  DatagramFlow(Transfer transfer, DatagramWay way, Resources numbers, WayMeter meter) {
    this.transfer = transfer;
    this.way = way;
    pace = transfer.flow.pace().orElseThrow();
    coldIdlePs = transfer.direction.uncontended().source().profile().coldIdlePs();
    places = way.places(pace.datagramBytes());
    legs = new DatagramLeg[places.size()];
    for (int i = 0; i < legs.length; i++) {
      legs[i] = new DatagramLeg(transfer, places.get(i), numbers, meter.another());
    }
    passes = new double[legs.length];
    firsts = new double[legs.length];
    cold = new double[legs.length];
    polls = new Polls[legs.length];
    Arrays.fill(polls, Polls.FULL);
    long shorter = transfer.flow.bytes() % pace.datagramBytes();
    lastBytes = shorter == 0 ? pace.datagramBytes() : shorter;
    leftBytes = transfer.flow.bytes() - (double) lastBytes;
  }

  /** Begins with the guess that everything passes. */
  void begin(StreamRates rates) {
    double guess = 0;
    if (pace.meanGapPs() > 0) {
      guess = pace.datagramBytes() * PS_PER_SECOND / pace.meanGapPs();
      legs[0].comes(guess);
    } else {
      double tightest = 0;
      for (double seconds : legs[0].use().amounts()) {
        tightest = Math.max(tightest, seconds);
      }
      guess = 1 / tightest;
      legs[0].comesUnpaced(guess);
    }
    rates.start(legs[0], leftBytes);
    for (int i = 1; i < legs.length; i++) {
      legs[i].comes(guess);
      rates.start(legs[i], ENDLESS_BYTES);
    }
  }

  /**
   * Lets what passes one place, by the last solution, come to the next.
   *
   * @param newRatio how much of a change is made; below 1 where cores both send and receive, so that
   *     one solution could be the opposite of the one before
   * @return whether something has changed
   */
  boolean follow(StreamRates rates, double newRatio) {
    boolean changed = false;
    double upstream = rates.bytesPerSecond(legs[0]);
    for (int i = 1; i < legs.length; i++) {
      DatagramLeg leg = legs[i];
      double before = leg.comesBytesPerSecond();
      double rate = rates.bytesPerSecond(leg);
      boolean all = rate >= before * (1 - LOSS_RATIO);
      boolean changes = leg.comes(before + newRatio * (upstream - before));
      changes |= leg.polls && leg.mixes(firsts(leg, Polls.FULL, rates));
      if (changes) {
        rates.restart(leg, ENDLESS_BYTES);
        changed = true;
      }
      upstream = all ? leg.comesBytesPerSecond() : Math.min(rate, leg.comesBytesPerSecond());
    }
    return changed;
  }

  /** Share of the datagrams of one flow that are its first in a poll. */
  private double firsts(DatagramLeg leg, Polls how, StreamRates rates) {
    double polledPerPs = rates.loads().polledPerPs(leg.resource()) / way.pollsOfEach();
    return Math.min(1, how.pollsPerFrame() * polledPerPs / perPs(leg));
  }

  /** Datagrams that come to the place in a picosecond. */
  private static double perPs(DatagramLeg leg) {
    return leg.comesBytesPerSecond() / leg.datagramBytes / PS_PER_SECOND;
  }

  /** The solution holds until the next one. */
  void settled(StreamRates rates, Drops drops) {
    double sent = rates.bytesPerSecond(legs[0]);
    double upstream = sent;
    for (int i = 0; i < legs.length; i++) {
      DatagramLeg leg = legs[i];
      double rate = rates.bytesPerSecond(leg);
      if (upstream - rate > LOSS_RATIO * upstream) {
        upstream = rate;
        drops.at(leg.resource(), rates);
      }
      passes[i] = upstream / sent;
      polls[i] = Polls.FULL;
      if (leg.polls && !rates.isFull(leg.resource())) {
        double perPs = rates.loads().polledPerPs(leg.resource()) / way.pollsOfEach();
        boolean even = pace.gaps().isEmpty() && perPs == perPs(leg);
        polls[i] = way.polls(places.get(i), pace.datagramBytes(), perPs, even);
      }
      firsts[i] = leg.polls ? firsts(leg, polls[i], rates) : 0;
      cold[i] = leg.mayBeCold() ? coldRatio(i, rates) : 0;
    }
  }

  /** Share of the datagrams that find the core of a place cold. */
  private double coldRatio(int index, StreamRates rates) {
    DatagramLeg leg = legs[index];
    double perPs = rates.bytesPerSecond(leg) / leg.datagramBytes / PS_PER_SECOND;
    double wakes = leg.polls ? polls[index].interruptsPerFrame() : 1;
    double own;
    if (pace.gaps().isPresent()) {
      own = FastMath.exp(-perPs * coldIdlePs);
    } else {
      double busyPs = leg.polls
          ? polls[index].rowPs()
          : leg.burstSeconds(leg.resource(), rates) * PS_PER_SECOND;
      own = wakes > 0 && 1 / (perPs * wakes) - busyPs >= coldIdlePs ? 1 : 0;
    }
    return own * wakes * rates.loads().idleBesideRatio(leg, coldIdlePs);
  }

  /** All but {@code leftBytes} of the fluid have been sent. */
  void progress(double leftBytes) {
    moved(this.leftBytes - leftBytes);
    this.leftBytes = leftBytes;
  }

  private void moved(double sentBytes) {
    for (int i = 0; i < legs.length; i++) {
      legs[i].moved(sentBytes * passes[i], polls[i], firsts[i], cold[i]);
    }
    lostBytes += sentBytes * (1 - arrivesRatio());
  }

  private double arrivesRatio() {
    return way.isRead() ? passes[legs.length - 1] : 0;
  }

  /** Whether it leaves as fast as the sender can, whose first datagram takes a detour then. */
  boolean isPaced() {
    return pace.meanGapPs() > 0;
  }

  /** The last datagram leaves; how long it takes to be read. */
  long lastPs() {
    moved(lastBytes);
    return Math.round(way.ps(lastBytes, cold[0] > 0 ? 1 : 0));
  }

  /** What the sender has sent until its time was up. */
  long sentBytes() {
    return Math.round(transfer.flow.bytes() - lastBytes - leftBytes);
  }

  /** Of {@code sentBytes}, what has been read, or would be without what is on its way. */
  long readBytes(long sentBytes) {
    return Math.max(0, sentBytes - Math.round(lostBytes));
  }

  /** The time of the flow is up: what has been sent until now, and what of it is on its way. */
  void cut(StreamRates rates) {
    double bytesPerSecond = rates.bytesPerSecond(legs[0]);
    progress(rates.leftBytes(legs[0]));
    double wayPs = way.ps(pace.datagramBytes(), 0);
    lostBytes += arrivesRatio() * bytesPerSecond * wayPs / PS_PER_SECOND;
  }

  /** What it takes something of. */
  int[] resources() {
    return Arrays.stream(legs).mapToInt(DatagramLeg::resource).toArray();
  }
}
