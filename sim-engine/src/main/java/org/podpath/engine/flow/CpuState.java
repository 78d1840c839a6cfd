package org.podpath.engine.flow;

import org.apache.commons.math3.util.FastMath;

/** What a message finds on a CPU: when the message before it left, and how busy streams keep it. */
final class CpuState {
  private final long coldIdlePs;
  private long idleSincePs = Long.MIN_VALUE / 2;
  private boolean coldSend;
  private boolean coldReceive;
  double streamUtilisation;
  double streamPacketsPerPs;

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
   * streams: that the core idles, {@code 1 − utilisation}, and that none of their packets came
   * within the gap, {@code exp(−rate · gap)}.
   */
  double coldRatio(long beginsPs, boolean sends) {
    if (beginsPs > idleSincePs) {
      boolean cold = beginsPs - idleSincePs >= coldIdlePs;
      coldSend = cold;
      coldReceive = cold;
    }
    boolean cold = sends ? coldSend : coldReceive;
    if (sends) {
      coldSend = false;
    } else {
      coldReceive = false;
    }
    return cold
        ? (1 - streamUtilisation) * FastMath.exp(-streamPacketsPerPs * coldIdlePs)
        : 0;
  }

  /** The pass is over. */
  void leaves(long atPs) {
    idleSincePs = atPs;
  }
}
