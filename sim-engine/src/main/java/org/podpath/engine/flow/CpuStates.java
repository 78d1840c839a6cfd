package org.podpath.engine.flow;

import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;

/** What messages and the first bursts of streams find on every CPU of a cluster. */
final class CpuStates {
  private final StreamRates streams;
  /** By resource; null where it is no CPU. */
  private final CpuState[] cpus;

  CpuStates(Cluster cluster, Resources resources, StreamRates streams) {
    this.streams = streams;
    cpus = new CpuState[resources.count()];
    for (Host host : cluster.topology().hosts()) {
      for (int cpu = 0; cpu < host.cpus(); cpu++) {
        cpus[resources.cpu(host, cpu)] = new CpuState(host.profile().coldIdlePs());
      }
    }
  }

  CpuState of(int resource) {
    return cpus[resource];
  }

  /** Probability that what comes at {@code atPs} finds the CPU cold. */
  double coldRatio(int resource, long atPs) {
    return cpus[resource].coldAt(atPs) ? idleRatio(resource) : 0;
  }

  /** Probability that what finds it cold but for streams finds it cold beside these. */
  double idleRatio(int resource) {
    return streams.on(resource)
        ? cpus[resource].idleRatio(
            streams.busyRatio(resource), streams.packetsPerPs(resource))
        : 1;
  }

  /** A stream uses these until {@code untilPs}. */
  void streams(int[] resources, long untilPs) {
    for (int resource : resources) {
      if (cpus[resource] != null) {
        cpus[resource].streams(untilPs);
      }
    }
  }
}
