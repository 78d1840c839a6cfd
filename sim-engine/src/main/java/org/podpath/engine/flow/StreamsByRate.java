package org.podpath.engine.flow;

import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.util.FastMath;

/**
 * What streams take at the rates at which they go. They find cores cold as often as alone, times the
 * probability that others left the core idle for long enough; and one that gets a part of a link alone
 * comes in super-packets with gaps between them. Both follow from rates, and rates from them.
 */
final class StreamsByRate {
  private static final double PS_PER_SECOND = 1e12;

  /** What streams do to a core in a second. */
  private static final class Load {
    private double busyRatio;
    private double packets;

    private void add(Leg leg, int cpu, double bytesPerSecond) {
      busyRatio += bytesPerSecond * leg.secondsPerByte(cpu);
      packets += bytesPerSecond / leg.packetBytes();
    }

    /** Probability that what is here and not in {@code played} left the core idle for so long. */
    private double idleRatio(Load played, double gapPs) {
      double idle = Math.min(1, Math.max(0, 1 - busyRatio + played.busyRatio));
      double others = Math.max(0, packets - played.packets);
      return idle * FastMath.exp(-others / PS_PER_SECOND * gapPs);
    }
  }

  /**
   * Lets streams take what they take at the rates of the last solution.
   *
   * @return whether something has changed
   */
  boolean follow(StreamRates rates) {
    TreeSet<Integer> cpus = new TreeSet<>();
    for (int i = 0; i < rates.changes(); i++) {
      if (rates.changed(i) instanceof StreamLeg stream && stream.isPolled()) {
        for (int cpu : stream.coldCpus()) {
          cpus.add(cpu);
        }
      }
    }
    TreeMap<Integer, StreamLeg> near = new TreeMap<>();
    for (int cpu : cpus) {
      look(cpu, rates, near);
    }
    boolean changed = false;
    for (StreamLeg stream : near.values()) {
      if (stream.isOther(rates)) {
        double leftBytes = rates.leftBytes(stream);
        stream.transfer.progress(leftBytes);
        stream.become(rates);
        rates.restart(stream, leftBytes);
        changed = true;
      }
    }
    return changed;
  }

  /** How often those on a CPU find it cold. What they cost each other where they meet was played. */
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
      }
    }
  }
}
