package org.podpath.engine.flow;

import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.util.FastMath;

/**
 * What streams take at the rates at which they go. They find cores cold as often as alone, times the
 * probability that others left the core idle for long enough; and one that gets a part of a link alone
 * comes in super-packets with gaps between them. Where others keep the core busy that reads, windows open
 * late. All of it follows from rates, and rates from it.
 */
final class StreamsByRate {
  private static final double PS_PER_SECOND = 1e12;

  /** assumption: whoever reads gets that much. */
  private static final double LEAST_RATIO = 1.0 / 64;

  /** What streams do to a core in a second. */
  private static final class Load {
    private double busyRatio;
    private double beforeThreadsRatio;
    private double packets;

    private void add(Leg leg, int cpu, double bytesPerSecond) {
      busyRatio += bytesPerSecond * leg.secondsPerByte(cpu);
      beforeThreadsRatio += bytesPerSecond * leg.beforeThreadsSecondsPerByte(cpu);
      packets += bytesPerSecond / leg.packetBytes();
    }

    /** Probability that what is here and not in {@code played} left the core idle for so long. */
    private double idleRatio(Load played, double gapPs) {
      double others = Math.max(0, packets - played.packets);
      return leftRatio(played) * FastMath.exp(-others / PS_PER_SECOND * gapPs);
    }

    /** Of what softirqs leave to threads, how much the others leave to those of {@code played}. */
    private double readersRatio(Load played) {
      double threads = Math.max(LEAST_RATIO, 1 - played.beforeThreadsRatio);
      return Math.max(LEAST_RATIO, (leftRatio(played) - 1 + threads) / threads);
    }

    /** How much of the core is left to {@code played}. */
    private double leftRatio(Load played) {
      return Math.clamp(1 - busyRatio + played.busyRatio, 0, 1);
    }
  }

  /** CPUs of streams whose rates have changed since the last time. */
  private final TreeSet<Integer> touched = new TreeSet<>();
  private long instant;

  /** Something has happened: what has come to rest may move. */
  void begin() {
    instant++;
  }

  /** Rates have been solved. */
  void solved(StreamRates rates) {
    for (int i = 0; i < rates.changes(); i++) {
      if (rates.changed(i) instanceof StreamLeg stream && stream.isPolled()) {
        for (int cpu : stream.coldCpus()) {
          touched.add(cpu);
        }
        touched.add(stream.readCpu());
      }
    }
  }

  /**
   * Lets streams take what they take at the rates of the last solution.
   *
   * @param newRatio how much of a change is made
   * @return whether something has changed
   */
  boolean follow(StreamRates rates, double newRatio) {
    TreeMap<Integer, StreamLeg> near = new TreeMap<>();
    for (int cpu : touched) {
      look(cpu, rates, near);
    }
    touched.clear();
    boolean changed = false;
    for (StreamLeg stream : near.values()) {
      if (stream.isOther(rates, instant)) {
        double leftBytes = rates.leftBytes(stream);
        stream.transfer.progress(leftBytes);
        stream.become(rates, instant, newRatio);
        rates.restart(stream, leftBytes);
        changed = true;
      }
    }
    return changed;
  }

  /** How often those on a CPU find it cold, and busy with others. What they cost each other where they meet was played. */
  private static void look(int cpu, StreamRates rates, TreeMap<Integer, StreamLeg> near) {
    Load all = new Load();
    Load polled = new Load();
    Load sent = new Load();
    for (int i = 0; i < rates.countOn(cpu); i++) {
      Leg leg = rates.legOn(cpu, i);
      double bytesPerSecond = rates.bytesPerSecond(leg);
      all.add(leg, cpu, bytesPerSecond);
      if (leg instanceof StreamLeg stream && stream.isPolled()) {
        near.put(stream.number, stream);
        if (stream.pollCpu() == cpu) {
          polled.add(stream, cpu, bytesPerSecond);
        }
        if (stream.sendCpu() == cpu) {
          sent.add(stream, cpu, bytesPerSecond);
        }
      }
    }
    for (int i = 0; i < rates.countOn(cpu); i++) {
      if (rates.legOn(cpu, i) instanceof StreamLeg stream && stream.isPolled()) {
        Load own = new Load();
        own.add(stream, cpu, rates.bytesPerSecond(stream));
        for (int at = 0; at < stream.coldCpus().length; at++) {
          if (stream.coldCpus()[at] == cpu) {
            boolean sends = stream.sendCpu() == cpu;
            Load played = stream.coldCpus()[at] == stream.pollCpu() ? polled : sends ? sent : own;
            stream.find(at, all.idleRatio(played, stream.coldIdlePs(at)));
          }
        }
        if (stream.readCpu() == cpu) {
          Load played = stream.pollCpu() == cpu ? polled : own;
          stream.findReader(all.readersRatio(played));
        }
      }
    }
  }
}
