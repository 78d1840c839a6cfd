package org.podpath.engine.flow;

import org.apache.commons.math3.util.FastMath;
import org.podpath.engine.kernel.Simulator;

/** What a message finds on a CPU: when the message before it leaves, and whether the core is cold. */
final class CpuState {
  private final long coldIdlePs;
  private final CpuTurns turns;
  private final MessageRing ring;
  private final Backlog backlog = new Backlog();
  private long idleSincePs = Long.MIN_VALUE / 2;
  private long streamsUntilPs = Long.MIN_VALUE / 2;
  private boolean coldSend;
  private boolean coldReceive;

  CpuState(Simulator simulator, long coldIdlePs) {
    this.coldIdlePs = coldIdlePs;
    turns = new CpuTurns(simulator);
    ring = new MessageRing(turns);
  }

  /** Who has it when. */
  CpuTurns turns() {
    return turns;
  }

  /** The ring before it. */
  MessageRing ring() {
    return ring;
  }

  /** When a pass that comes at {@code atPs} can begin. */
  long beginsPs(long atPs) {
    return Math.max(atPs, idleSincePs);
  }

  /** Whether what comes at {@code atPs} finds it cold, streams under way not counted. */
  boolean coldAt(long atPs) {
    return atPs - Math.max(idleSincePs, streamsUntilPs) >= coldIdlePs;
  }

  /**
   * Probability that it idles for long enough beside streams: {@code 1 − busy}, times that none of
   * their packets came within the gap, {@code exp(−rate · gap)}.
   *
   * @param busyRatio share of time for which streams keep it busy
   * @param packetsPerPs of streams
   */
  double idleRatio(double busyRatio, double packetsPerPs) {
    return (1 - busyRatio) * FastMath.exp(-packetsPerPs * coldIdlePs);
  }

  /** Whether the pass finds the core cold, streams under way not counted. */
  boolean findsCold(long beginsPs, boolean sends) {
    if (beginsPs > idleSincePs) {
      boolean cold = coldAt(beginsPs);
      coldSend = cold;
      coldReceive = cold;
    }
    boolean cold = sends ? coldSend : coldReceive;
    if (sends) {
      coldSend = false;
    } else {
      coldReceive = false;
    }
    return cold;
  }

  /** The pass of a message that has come now will be over. */
  void leaves(long nowPs, long atPs) {
    backlog.comes(nowPs, atPs);
    idleSincePs = atPs;
  }

  /** Whether messages ask for more than all of its time. */
  boolean isOverloaded(long nowPs) {
    return backlog.grows(nowPs);
  }

  /** A stream keeps it warm until then. */
  void streams(long untilPs) {
    streamsUntilPs = Math.max(streamsUntilPs, untilPs);
  }
}
