package org.podpath.engine.flow;

/**
 * What of messages waits at a core or a link. Where they ask for more than all of its time it grows for as
 * long as they come, and how long one waits hangs on when one looks: there is no steady state whose
 * quantiles could be told. Where senders wait for answers it may be busy all of the time, but what waits
 * does not grow.
 */
final class Backlog {
  /** assumption: a queue that has grown by less of the time could be one that just was long. */
  private static final double LEAST_RATIO = 0.01;

  /** assumption: twice as long later is twice as much if it grows, and chance changes that little. */
  private static final double GROWS_RATIO = 1.5;

  /** assumption: before that all is chance. */
  private static final long FIRST_LOOK_PS = 1_000_000_000L;

  private long busySincePs;
  private long emptyAtPs = Long.MIN_VALUE / 2;
  private long nextLookPs;
  /** What waited at the last look and at the one before it, half as long after the beginning. */
  private long laterPs;
  private long earlierPs;

  /** A message comes, and will have left at {@code leavesPs}. */
  void comes(long atPs, long leavesPs) {
    if (atPs > emptyAtPs) {
      busySincePs = atPs;
      nextLookPs = FIRST_LOOK_PS;
      laterPs = 0;
      earlierPs = 0;
    } else if (atPs - busySincePs >= nextLookPs) {
      earlierPs = laterPs;
      laterPs = emptyAtPs - atPs;
      nextLookPs = 2 * (atPs - busySincePs);
    }
    emptyAtPs = leavesPs;
  }

  /** Whether, for half of the time until now or more, messages have asked for more than all of it. */
  boolean grows(long nowPs) {
    long busyPs = nowPs - busySincePs;
    long waitingPs = emptyAtPs - nowPs;
    return 2 * busyPs >= nowPs
        && waitingPs >= LEAST_RATIO * busyPs
        && waitingPs >= GROWS_RATIO * earlierPs;
  }
}
