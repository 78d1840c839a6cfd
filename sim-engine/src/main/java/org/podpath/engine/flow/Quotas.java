package org.podpath.engine.flow;

import java.util.Arrays;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Tenant;

/**
 * What threads of pods with a quota have used of it: in each period they run until it is used up, and
 * stand still until the next one begins.
 *
 * <p>Source: Linux, Documentation/scheduler/sched-bwc.rst; kernel/sched/fair.c.
 */
final class Quotas {
  /** Linux, the default of cpu.cfs_period_us: 100 ms. */
  private static final double PERIOD_PS = 100e9;

  private final Cluster cluster;
  private final Resources resources;
  private final StreamRates streams;
  private final double[] periodStartPs;
  private final double[] usedPs;

  Quotas(Cluster cluster, Resources resources, StreamRates streams) {
    this.cluster = cluster;
    this.resources = resources;
    this.streams = streams;
    periodStartPs = new double[cluster.pods().size()];
    usedPs = new double[cluster.pods().size()];
    Arrays.fill(periodStartPs, -PERIOD_PS);
  }

  /**
   * How long a thread of {@code pod} that would run now stands still. assumption: streams that use up
   * a quota do so from the beginning of each period on, on one core.
   */
  long stillPs(int ofPod, long nowPs) {
    int pod = resources.podStandIn(ofPod);
    double cores = cluster.quotaCores(pod);
    if (cores == Tenant.NO_QUOTA) {
      return 0;
    }
    double periods = Math.floor((nowPs - periodStartPs[pod]) / PERIOD_PS);
    if (periods >= 1) {
      // without a thread to run, the next period begins with the first of them
      boolean idle = periods >= 2 && !streams.on(resources.quota(pod));
      periodStartPs[pod] = idle ? nowPs : periodStartPs[pod] + periods * PERIOD_PS;
      usedPs[pod] = 0;
    }
    double elapsedPs = nowPs - periodStartPs[pod];
    double byStreamsPs = streams.isFull(resources.quota(pod)) ? elapsedPs : 0;
    return usedPs[pod] + byStreamsPs >= cores * PERIOD_PS
        ? Math.round(PERIOD_PS - elapsedPs)
        : 0;
  }

  /** A thread of the pod runs for so long. */
  void uses(int pod, double ps) {
    usedPs[resources.podStandIn(pod)] += ps;
  }
}
