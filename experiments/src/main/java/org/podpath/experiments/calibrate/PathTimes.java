package org.podpath.experiments.calibrate;

import java.util.List;
import org.podpath.cni.CostTable;
import org.podpath.cni.Kernel;
import org.podpath.cni.TcpStack;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Equipment;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.SingleSwitch;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;
import org.podpath.engine.datapath.Stack;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.experiments.run.PathWiring;
import org.podpath.experiments.yaml.YamlPath;

/**
 * How long what was measured takes by the closed form that both engines have, with any table of
 * costs: on one host whose client and server share a core.
 */
final class PathTimes {
  private static final double PS_PER_NS = 1e3;
  private static final double NS_PER_SECOND = 1e9;

  private final Measured row;
  private final MeasuredPaths.Taken taken;

  PathTimes(Measured row, MeasuredPaths.Taken taken) {
    this.row = row;
    this.taken = taken;
  }

  /**
   * The time, or for streams the time of a byte, in nanoseconds.
   *
   * @throws org.podpath.experiments.WrongInput if a step of the path has no cost
   */
  double ns(CostTable costs, HostProfile profile) {
    Network network = network(new Kernel(profile, costs));
    HostPaths.Local local = HostPaths.of(network, profile).local().orElseThrow();
    Segment sent = local.datagram().get(0);
    return switch (row.observable()) {
      case DATAGRAM_ROUND_TRIP -> 2 * (ns(sent) + ns(local.datagram().get(1)));
      case FLOOD -> ns(sent);
      case FLOOD_OF_FLOWS -> ns(sent) + sent.ps(Per.FIRST_PACKET) / PS_PER_NS;
      case MESSAGE_ROUND_TRIP -> 2 * messageNs(way(network, profile));
      case CONNECTION -> {
        Uncontended way = way(network, profile);
        yield handshakeNs(way) + 2 * messageNs(way);
      }
      case STREAM -> streamNs(way(network, profile));
    };
  }

  private Network network(Kernel kernel) {
    Cni cni = PathWiring.network(taken.path(), kernel, taken.source(), YamlPath.of("path"));
    int podMtuBytes =
        row.mtuBytes() - cni.sameHost().map(Datapath::mostHeaderBytes).orElse(0);
    Stack stack =
        row.offload() ? TcpStack.on(kernel) : TcpStack.withoutOffload(kernel, podMtuBytes);
    return new Network(cni, stack, podMtuBytes, row.mtuBytes());
  }

  private double ns(Segment segment) {
    return (segment.ps(Per.PACKET) + row.bytes() * segment.ps(Per.BYTE)) / PS_PER_NS;
  }

  private double messageNs(Uncontended way) {
    return way.messageSteps(Math.max(1, row.bytes()), false)
        .stream()
        .mapToDouble(step -> way.passPs((Uncontended.Step.Pass) step, 0, false))
        .sum() / PS_PER_NS;
  }

  private static double handshakeNs(Uncontended way) {
    return way.handshakeSteps()
        .stream()
        .mapToDouble(step -> way.passPs((Uncontended.Step.Pass) step, 0, true))
        .sum() / PS_PER_NS;
  }

  /** Everything is on one core. */
  private static double streamNs(Uncontended way) {
    return way.streamDemands()
        .stream()
        .mapToDouble(Uncontended.Demand::secondsPerByte)
        .sum() * NS_PER_SECOND;
  }

  private static Uncontended way(Network network, HostProfile profile) {
    Cable cable = new Cable(profile.nicBitsPerSecond(), 0, network.wireMtuBytes());
    Host host = new Host(0, "host0", profile, 1, false, Receive.SAME_CORE, 1);
    Cluster cluster =
        new Cluster(
            new SingleSwitch()
                .topology(List.of(host), new Equipment(cable, cable, 0, PortQueues.ENDLESS)),
            List.of(new Tenant(0, "tenant", 0)),
            List.of(new Pod(0, "client", 0, 0, 0, 0, 0), new Pod(1, "server", 0, 0, 0, 0, 0)));
    return new Uncontended(cluster, new NetworkPaths(network), 0, 1, 0, 0);
  }
}
