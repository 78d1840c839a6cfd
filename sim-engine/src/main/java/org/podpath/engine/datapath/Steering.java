package org.podpath.engine.datapath;

import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;

/**
 * The CPU that polls the frames of a flow where the kernel steers its packets to the backlog of another
 * one, or of itself.
 *
 * @param cpu takes the card's interrupts
 */
public record Steering(Host host, int cpu, Segment receive) {

  /**
   * Before the CPU on which {@code pod} is served; empty where packets are not steered.
   *
   * @param flowHash of the frames
   * @param answers whether they are acknowledgements of what the pod sent
   */
  public static Optional<Steering> on(
      Cluster cluster, NetworkPaths paths, int pod, int flowHash, boolean answers) {
    Host host = cluster.hostOf(pod);
    return paths.on(host.profile())
        .steered()
        .map(
            steered -> new Steering(
                host, cluster.softirqCpu(pod, answers, flowHash),
                answers ? steered.receiveAnswer() : steered.receive()));
  }
}
