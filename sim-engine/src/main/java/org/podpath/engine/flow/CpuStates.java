package org.podpath.engine.flow;

import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.Recorder;

/** What messages and the first bursts of streams find on every CPU of a cluster. */
final class CpuStates {
  private final Simulator simulator;
  private final StreamRates streams;
  private final Cluster cluster;
  private final Resources resources;
  /** By resource; null where nobody has asked for it, as for most of a large cluster. */
  private final CpuState[] cpus;

  CpuStates(Simulator simulator, Cluster cluster, Resources resources, StreamRates streams) {
    this.streams = streams;
    this.simulator = simulator;
    this.cluster = cluster;
    this.resources = resources;
    cpus = new CpuState[resources.firstLink()];
  }

  CpuState of(int resource) {
    if (cpus[resource] == null) {
      Host host = cluster.topology().hosts().get(resources.hostOf(resource));
      cpus[resource] = new CpuState(simulator, host.profile().coldIdlePs());
    }
    return cpus[resource];
  }

  /** Probability that what comes at {@code atPs} finds the CPU cold. */
  double coldRatio(int resource, long atPs) {
    return of(resource).coldAt(atPs) ? idleRatio(resource) : 0;
  }

  /** Probability that what finds it cold but for streams finds it cold beside these. */
  double idleRatio(int resource) {
    return streams.on(resource)
        ? of(resource).idleRatio(
            streams.loads().busyRatio(resource), streams.loads().packetsPerPs(resource))
        : 1;
  }

  /** Tells of cores that messages ask for more than they have. */
  void report(Recorder recorder, long nowPs) {
    for (int resource = 0; resource < cpus.length; resource++) {
      if (cpus[resource] != null && cpus[resource].isOverloaded(nowPs)) {
        recorder.outsideValidity(
            "messages ask for more than all of " + resources.name(resource)
                + ", so that ever more of them wait; quantiles are left out");
        return;
      }
    }
  }

  /** A stream uses these until {@code untilPs}. */
  void streams(int[] resources, long untilPs) {
    for (int resource : resources) {
      if (resource < cpus.length) {
        of(resource).streams(untilPs);
      }
    }
  }
}
