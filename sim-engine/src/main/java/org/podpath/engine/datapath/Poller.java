package org.podpath.engine.datapath;

import java.util.List;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;

/** A core that polls, on the way of frames from one pod to another. */
public record Poller(Host host, int cpu, HostPaths.Turn turn) {

  /**
   * The cores that poll on the way from {@code sourcePod} to {@code destinationPod}, in the order in
   * which frames come to them; none where no switch polls. The core that polls a pod's port, or the
   * card's queue that the hash chose, does all that its host does for the frame.
   *
   * @param flowHash of the frames, for the choice of receive queue
   */
  public static List<Poller> on(
      Cluster cluster, NetworkPaths paths, int sourcePod, int destinationPod, int flowHash) {
    Host from = cluster.hostOf(sourcePod);
    Host to = cluster.hostOf(destinationPod);
    HostPaths out = paths.on(from.profile());
    if (out.polled().isEmpty()) {
      return List.of();
    }
    HostPaths.Polled polled = out.polled().get();
    if (from.id() == to.id()) {
      return List.of(new Poller(from, cluster.datapathCpu(sourcePod), polled.local()));
    }
    HostPaths.Polled there = paths.on(to.profile()).polled().orElseThrow();
    return List.of(
        new Poller(from, cluster.datapathCpu(sourcePod), polled.send()),
        new Poller(to, to.datapathCpu(flowHash), there.receive()));
  }

  /** From when a frame with so many bytes of payload comes until it has gone on. */
  double passPs(long bytes) {
    return turn.waitPs() + turn.framePs(bytes);
  }
}
