package org.podpath.engine.datapath;

/** Defaults of Linux by which hosts poll and schedule, whichever engine plays them. */
public final class KernelLimits {
  /** Frames that a poll takes at most (include/linux/netdevice.h, NAPI_POLL_WEIGHT). */
  public static final int POLL_FRAMES = 64;

  /** Frames after which a run of polls is left to ksoftirqd (net.core.netdev_budget). */
  public static final int RUN_FRAMES = 300;

  /** Time after which it is left, too (net.core.netdev_budget_usecs). */
  public static final long RUN_PS = 2_000_000_000L;

  /** Packets that a CPU's backlog holds (net.core.netdev_max_backlog). */
  public static final int BACKLOG_PACKETS = 1000;

  /**
   * A thread that slept is put half a scheduling period in front (kernel/sched/fair.c, place_entity,
   * GENTLE_FAIR_SLEEPERS; sched_latency 6 ms).
   */
  public static final long SLEEPER_PS = 3_000_000_000L;

  /**
   * assumption: for so long an agent of the host has a CPU before it looks for threads that woke up, of
   * which Linux would let some go first at once (kernel/sched/fair.c, check_preempt_wakeup).
   */
  public static final long AGENT_SLICE_PS = 100_000_000L;

  private KernelLimits() {}
}
