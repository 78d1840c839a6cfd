package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.DAEMON;
import static org.podpath.engine.datapath.Hook.OVS;
import static org.podpath.engine.datapath.Hook.VETH;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Stage;

/**
 * OVN-Kubernetes: logical switches and a cluster router as flows of Open vSwitch, Geneve between
 * hosts.
 *
 * <p>Source of the path: ovn-kubernetes, docs/design (topology, ACL stages): a recirculation for
 * every logical hop, connection tracking in the zone of every logical switch. Policies become flows
 * of the same cache.
 */
final class OvnKubernetes {
  private static final double LOGICAL_HOPS = 3; // node switch, cluster router, transit or join switch
  private static final double LOGICAL_HOPS_SAME_HOST = 2;
  private static final double ZONES = 2; // egress and ingress ACL stages
  private static final double ZONES_SAME_HOST = 1.5; // assumption: mean over pods of one and of two switches

  private OvnKubernetes() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Tunnel tunnel = Tunnel.inKernel(kernel, options.encapsulation());
    Stage upcall = kernel.firstPacket(OVS, kernel.work(DAEMON, "OVS upcall"));
    return new Cni(
        "ovn-kubernetes",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "cross veth"),
                kernel.megaflows("logical hops", LOGICAL_HOPS_SAME_HOST, options),
                kernel.conntrackZones("ACL zones", ZONES_SAME_HOST, options.connections()),
                upcall,
                kernel.work(VETH, "cross second veth"))),
        kernel.toWire(
            kernel.work(VETH, "cross veth"),
            kernel.megaflows("logical hops", LOGICAL_HOPS, options),
            kernel.conntrackZones("ACL zones", ZONES, options.connections()),
            upcall,
            tunnel.encapsulate(),
            tunnel.wrap()),
        kernel.fromWire(
            tunnel.decapsulate(),
            tunnel.unwrap(),
            kernel.megaflows("logical hops", LOGICAL_HOPS, options),
            kernel.conntrackZones("ACL zones", ZONES, options.connections()),
            upcall,
            kernel.work(VETH, "cross veth")));
  }
}
