package org.podpath.engine.datapath;

/**
 * Whose turn it is on a core that polls and reads: polls go first until they have taken 300 frames or 2
 * ms, and then share the core with the readers as the thread ksoftirqd.
 */
final class PlayedTurns {
  private int runFrames;
  private double runStartPs;
  private boolean deferred;
  /** What the threads had of the core (CFS: vruntime). */
  private double ksoftirqdPs;
  private double readersPs;
  private double leastPs;

  /** An interrupt has come: polls have their whole budget. */
  void interrupted(double nowPs) {
    runFrames = 0;
    runStartPs = nowPs;
  }

  /** Whether polls that have taken so many frames more go on at once, as frames wait. */
  boolean pollsGoOn(int moreFrames, double nowPs) {
    runFrames += moreFrames;
    boolean goOn = !deferred && runFrames < KernelLimits.RUN_FRAMES
        && nowPs - runStartPs < KernelLimits.RUN_PS;
    if (!goOn && !deferred) {
      deferred = true;
      ksoftirqdPs = Math.max(ksoftirqdPs, leastPs - KernelLimits.SLEEPER_PS);
    }
    return goOn;
  }

  /** No frame waits. */
  void quiet() {
    deferred = false;
  }

  /** Whether polls wait for a turn like that of readers. */
  boolean isDeferred() {
    return deferred;
  }

  /** A part of a poll has taken so long. */
  void polled(double ps) {
    ksoftirqdPs += deferred ? ps : 0;
  }

  /** Readers have something to do again. */
  void readersWakeUp() {
    readersPs = Math.max(readersPs, leastPs - KernelLimits.SLEEPER_PS);
  }

  /** A reader has taken so long. */
  void read(double ps) {
    readersPs += ps;
  }

  /** Whether polls go next, which are deferred, and not a reader, of which some wait. */
  boolean takePoll() {
    boolean polls = ksoftirqdPs <= readersPs;
    leastPs = Math.max(leastPs, polls ? ksoftirqdPs : readersPs);
    return polls;
  }
}
