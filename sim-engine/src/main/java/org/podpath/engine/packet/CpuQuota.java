package org.podpath.engine.packet;

import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * What the threads of a pod may use of CPUs: in each period they begin services until it is used up,
 * and stand still until the next period begins. What the last service takes beyond it is taken off the
 * next period.
 *
 * <p>Source: Linux, Documentation/scheduler/sched-bwc.rst; kernel/sched/fair.c. assumption: it is
 * exact, where kernels hand it to CPUs in slices of 5 ms and take what a CPU has not used back.
 */
final class CpuQuota implements Entity {
  /** Linux, the default of cpu.max: 100 ms. */
  private static final long PERIOD_PS = 100_000_000_000L;

  private final Simulator simulator;
  private final int id;
  private final double periodQuotaPs;
  /** Threads with something to do that stand still, in the order in which they came to. */
  private final Line<CpuThread> throttled = new Line<>();
  private long period;
  private double leftPs;

  /**
   * A quota of which nothing is used; periods begin at time 0.
   *
   * @param cores CPU time in a second, in seconds, as {@link Tenant#quotaCores}
   */
  CpuQuota(Simulator simulator, double cores) {
    this.simulator = simulator;
    periodQuotaPs = Math.max(1, Math.rint(cores * PERIOD_PS));
    leftPs = periodQuotaPs;
    id = simulator.register(this);
  }

  /** Whether {@code thread} may begin a service now; if not, it is ready again when it may. */
  boolean lets(CpuThread thread) {
    if (isLeft()) {
      return true;
    }
    throttled.add(thread);
    wakeNextPeriod();
    return false;
  }

  /** A thread of the pod begins a service. */
  void uses(long ps) {
    leftPs -= ps;
  }

  private boolean isLeft() {
    long now = simulator.nowPs() / PERIOD_PS;
    if (now > period) {
      leftPs = Math.min(periodQuotaPs, leftPs + (now - period) * periodQuotaPs);
      period = now;
    }
    return leftPs > 0;
  }

  private void wakeNextPeriod() {
    simulator.wake(id, (period + 1) * PERIOD_PS);
  }

  /** A period begins. */
  @Override
  public void wake(int entity) {
    while (!throttled.isEmpty() && isLeft()) {
      CpuThread thread = throttled.removeFirst();
      thread.core().ready(thread);
    }
    if (!throttled.isEmpty()) {
      wakeNextPeriod();
    }
  }
}
