package org.podpath.engine.packet;

/** The processes of a pod on one core: what they have to do, in order, and what they had of the core. */
final class CpuThread {
  final Line<Service> waiting = new Line<>();
  private final CpuCore core;
  private final double weight;
  /** That of its pod; null where there is none. */
  private final CpuQuota quota;
  /** Core time that it has had, over its weight (CFS: vruntime). */
  private double virtualPs;

  /**
   * A thread that sleeps.
   *
   * @param weight its share beside others: twice the weight, twice the time
   * @param quota what all threads of its pod may use; null: what they can get
   */
  CpuThread(CpuCore core, double weight, CpuQuota quota) {
    this.core = core;
    this.weight = weight;
    this.quota = quota;
  }

  CpuCore core() {
    return core;
  }

  void offer(Service service) {
    core.offer(this, service);
  }

  double virtualPs() {
    return virtualPs;
  }

  /** It wakes up: who slept for long is put in front of the others, but not further than so far. */
  void wakeUp(double atLeastPs) {
    virtualPs = Math.max(virtualPs, atLeastPs);
  }

  /** Whether it may begin a service now; if not, its core hears of it when it may. */
  boolean mayRun() {
    return quota == null || quota.lets(this);
  }

  /** It begins a service. */
  void runs(long ps) {
    if (quota != null) {
      quota.uses(ps);
    }
  }

  void ran(long ps) {
    virtualPs += ps / weight;
  }
}
