package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.BRIDGE;
import static org.podpath.engine.datapath.Hook.DAEMON;
import static org.podpath.engine.datapath.Hook.FORWARD;
import static org.podpath.engine.datapath.Hook.OVS;
import static org.podpath.engine.datapath.Hook.PREROUTING;
import static org.podpath.engine.datapath.Hook.QDISC;
import static org.podpath.engine.datapath.Hook.VETH;
import static org.podpath.engine.datapath.Match.ADDRESS_HIT_PORT_MISS;
import static org.podpath.engine.datapath.Match.COMMENT;
import static org.podpath.engine.datapath.Match.CONNTRACK_STATE;
import static org.podpath.engine.datapath.Match.SET;

import java.util.List;
import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Stage;

/**
 * OpenStack Neutron with Open vSwitch and iptables security groups (hybrid plug): a tap and a Linux
 * bridge with rules for each port, a veth to the integration bridge, the tunnel bridge, VXLAN.
 *
 * <p>Source of the path: OpenStack Neutron, deploy-ovs-selfservice, steps 1 to 8; of the rules:
 * neutron, agent/linux/iptables_firewall.py: four for each port of the host, told apart by the port of
 * the bridge (physdev), then the port's chain, which returns established connections first. So every
 * packet walks the rules of half of the ports. With a virtual machine in between the port of a host is
 * that of its guest, within which pods share a network namespace.
 */
final class NeutronHybrid {
  /** Two in FORWARD and two in the chain that they lead to. */
  private static final int DISPATCH_RULES_PER_PORT = 4;

  /** Heads of a port's two chains: DHCP, anti-spoofing, established, invalid. assumption: number. */
  private static final int CHAIN_RULES_PER_PORT = 12;

  private NeutronHybrid() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Kernel host = kernel.host();
    Tunnel tunnel = Tunnel.inKernel(host, options.encapsulation());
    NodeRules node = options.rules();
    int ports = kernel.isGuest() ? 1 : node.podsPerNode();
    Netfilter netfilter = new Netfilter(host, options, installed(node, ports));
    Chains chains = chains(node, ports);
    Stage upcall = host.firstPacket(OVS, host.work(DAEMON, "OVS upcall"));
    List<Stage> fromPort =
        List.of(
            host.work(VETH, "cross tap"),
            host.work(BRIDGE, "cross bridge"),
            netfilter.track(PREROUTING),
            netfilter.laterHooks(FORWARD),
            netfilter.walk(FORWARD, chains),
            netfilter.newConnection(PREROUTING, chains),
            host.work(VETH, "cross veth"));
    List<Stage> toPort =
        List.of(
            host.work(VETH, "cross veth"),
            host.work(BRIDGE, "cross bridge"),
            netfilter.track(PREROUTING),
            netfilter.laterHooks(FORWARD),
            netfilter.walk(FORWARD, chains),
            netfilter.arrivingConnection(PREROUTING, chains),
            host.work(VETH, "cross tap"));
    List<Stage> between = List.of(host.megaflows("integration bridge", 1, options), upcall);
    List<Stage> out =
        List.of(
            host.megaflows("integration and tunnel bridge", 2, options),
            upcall,
            tunnel.encapsulate(),
            tunnel.wrap(),
            host.work(QDISC, "queue"));
    List<Stage> in =
        List.of(
            tunnel.decapsulate(),
            tunnel.unwrap(),
            host.megaflows("tunnel and integration bridge", 2, options),
            upcall);
    return new Cni(
        "neutron-hybrid",
        Optional.of(
            kernel.isGuest()
                ? Kernel.sameHost()
                : Kernel.sameHost(all(List.of(fromPort, between, toPort)))),
        kernel.machineToWire(all(List.of(fromPort, out))),
        kernel.machineFromWire(all(List.of(in, toPort))));
  }

  private static Stage[] all(List<List<Stage>> parts) {
    return parts.stream().flatMap(List::stream).toArray(Stage[]::new);
  }

  /** The match module of a port of the bridge is entered for each rule, as one for TCP ports is. */
  private static Chains chains(NodeRules node, int ports) {
    RuleList dispatch =
        RuleList.none()
            .and(DISPATCH_RULES_PER_PORT * ports / 2, ADDRESS_HIT_PORT_MISS)
            .and(1, CONNTRACK_STATE);
    RuleList groups = RuleList.none().and(node.policies(), COMMENT).and(node.policies(), SET);
    return new Chains(dispatch, RuleList.none(), groups);
  }

  /** Dispatch and chains of so many ports. */
  static int installed(NodeRules node, int ports) {
    int perPort = DISPATCH_RULES_PER_PORT + CHAIN_RULES_PER_PORT + node.policies();
    return perPort * ports;
  }
}
