package org.podpath.engine.flow;

import org.apache.commons.math3.util.FastMath;

/** What a message finds on a CPU: when the message before it leaves, and whether the core is cold. */
final class CpuState {
  private final long coldIdlePs;
  private long idleSincePs = Long.MIN_VALUE / 2;
  private boolean coldSend;
  private boolean coldReceive;

  CpuState(long coldIdlePs) {
    this.coldIdlePs = coldIdlePs;
  }

  /** When a pass that comes at {@code atPs} can begin. */
  long beginsPs(long atPs) {
    return Math.max(atPs, idleSincePs);
  }

  /** Whether a pass that comes at {@code atPs} finds it cold, streams not counted. */
  boolean coldAt(long atPs) {
    return atPs - idleSincePs >= coldIdlePs;
  }

  /**
   * Probability that the pass finds the core cold. Alone: certain after a long enough gap. Beside
   * streams: that the core idles, {@code 1 − busy}, and that none of their packets came within the
   * gap, {@code exp(−rate · gap)}.
   *
   * @param streamsBusyRatio share of time for which streams keep it busy
   * @param packetsPerPs of streams
   */
  double coldRatio(
      long beginsPs, boolean sends, double streamsBusyRatio, double packetsPerPs) {
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
    return cold ? (1 - streamsBusyRatio) * FastMath.exp(-packetsPerPs * coldIdlePs) : 0;
  }

  /** The pass will be over. */
  void leaves(long atPs) {
    idleSincePs = atPs;
  }
}
