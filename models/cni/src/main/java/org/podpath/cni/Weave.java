package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.BRIDGE;
import static org.podpath.engine.datapath.Hook.FORWARD;
import static org.podpath.engine.datapath.Hook.PREROUTING;
import static org.podpath.engine.datapath.Hook.QDISC;
import static org.podpath.engine.datapath.Hook.VETH;
import static org.podpath.engine.datapath.Match.COMMENT;
import static org.podpath.engine.datapath.Match.INTERFACE_MISMATCH;
import static org.podpath.engine.datapath.Match.SET;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;

/**
 * Weave Net with its fast datapath: one Ethernet for all pods, from the bridge to flows of the Open
 * vSwitch kernel datapath, and VXLAN between hosts. No route is looked up for a pod's packet.
 *
 * <p>Source of the path: weaveworks/weave, docs/fastdp.md. Policies (weave-npc) accept established
 * connections first and match ipsets.
 */
final class Weave {
  /** Of the dispatch to the chains of weave-npc, walked by a new connection. assumption: number. */
  private static final int NEW_CONNECTION_RULES = 5;

  private Weave() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Tunnel tunnel = Tunnel.inKernel(kernel, options.encapsulation());
    NodeRules node = options.rules();
    Netfilter netfilter =
        new Netfilter(
            kernel, options, Flannel.RULES.size() + NEW_CONNECTION_RULES + node.policies());
    Chains chains =
        new Chains(
            Flannel.RULES,
            RuleList.none().and(NEW_CONNECTION_RULES, INTERFACE_MISMATCH),
            RuleList.none().and(node.policies(), COMMENT).and(node.policies(), SET));
    return new Cni(
        "weave",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "cross veth"),
                kernel.work(BRIDGE, "cross bridge"),
                netfilter.track(PREROUTING),
                netfilter.walk(FORWARD, chains),
                netfilter.service(PREROUTING),
                netfilter.newConnection(PREROUTING, chains),
                kernel.work(VETH, "cross second veth"))),
        kernel.toWire(
            kernel.work(VETH, "cross veth"),
            netfilter.track(PREROUTING),
            netfilter.walk(FORWARD, chains),
            netfilter.service(PREROUTING),
            netfilter.newConnection(PREROUTING, chains),
            kernel.megaflows("bridge to tunnel", 1, options),
            tunnel.encapsulate(),
            tunnel.wrap(),
            kernel.work(QDISC, "queue")),
        kernel.fromWire(
            tunnel.decapsulate(),
            tunnel.unwrap(),
            kernel.megaflows("tunnel to bridge", 1, options),
            netfilter.track(PREROUTING),
            netfilter.walk(FORWARD, chains),
            netfilter.arrivingConnection(PREROUTING, chains),
            kernel.work(VETH, "cross veth")));
  }
}
