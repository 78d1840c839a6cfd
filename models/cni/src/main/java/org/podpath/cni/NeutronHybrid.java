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
 * packet walks the rules of half of the ports.
 */
final class NeutronHybrid {
  /** Two in FORWARD and two in the chain that they lead to. */
  private static final int DISPATCH_RULES_PER_PORT = 4;

  /** Heads of a port's two chains: DHCP, anti-spoofing, established, invalid. assumption: number. */
  private static final int CHAIN_RULES_PER_PORT = 12;

  private NeutronHybrid() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Tunnel tunnel = Tunnel.inKernel(kernel, options.encapsulation());
    NodeRules node = options.rules();
    Netfilter netfilter = new Netfilter(kernel, options, installed(node));
    Chains chains = chains(node);
    Stage upcall = kernel.firstPacket(OVS, kernel.work(DAEMON, "OVS upcall"));
    return new Cni(
        "neutron-hybrid",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "cross tap"),
                kernel.work(BRIDGE, "cross bridge"),
                netfilter.track(PREROUTING),
                netfilter.walk(FORWARD, chains),
                netfilter.newConnection(PREROUTING, chains),
                kernel.work(VETH, "cross veth"),
                kernel.megaflows("integration bridge", 1, options),
                upcall,
                kernel.work(VETH, "cross veth"),
                kernel.work(BRIDGE, "cross bridge"),
                netfilter.track(PREROUTING),
                netfilter.walk(FORWARD, chains),
                netfilter.arrivingConnection(PREROUTING, chains),
                kernel.work(VETH, "cross tap"))),
        kernel.toWire(
            kernel.work(VETH, "cross tap"),
            kernel.work(BRIDGE, "cross bridge"),
            netfilter.track(PREROUTING),
            netfilter.walk(FORWARD, chains),
            netfilter.newConnection(PREROUTING, chains),
            kernel.work(VETH, "cross veth"),
            kernel.megaflows("integration and tunnel bridge", 2, options),
            upcall,
            tunnel.encapsulate(),
            tunnel.wrap(),
            kernel.work(QDISC, "queue")),
        kernel.fromWire(
            tunnel.decapsulate(),
            tunnel.unwrap(),
            kernel.megaflows("tunnel and integration bridge", 2, options),
            upcall,
            kernel.work(VETH, "cross veth"),
            kernel.work(BRIDGE, "cross bridge"),
            netfilter.track(PREROUTING),
            netfilter.walk(FORWARD, chains),
            netfilter.arrivingConnection(PREROUTING, chains),
            kernel.work(VETH, "cross tap")));
  }

  /** The match module of a port of the bridge is entered for each rule, as one for TCP ports is. */
  private static Chains chains(NodeRules node) {
    RuleList dispatch =
        RuleList.none()
            .and(DISPATCH_RULES_PER_PORT * node.podsPerNode() / 2, ADDRESS_HIT_PORT_MISS)
            .and(1, CONNTRACK_STATE);
    RuleList groups = RuleList.none().and(node.policies(), COMMENT).and(node.policies(), SET);
    return new Chains(dispatch, RuleList.none(), groups);
  }

  private static int installed(NodeRules node) {
    int perPort = DISPATCH_RULES_PER_PORT + CHAIN_RULES_PER_PORT + node.policies();
    return perPort * node.podsPerNode();
  }
}
