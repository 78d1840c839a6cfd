package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.BRIDGE;
import static org.podpath.engine.datapath.Hook.FORWARD;
import static org.podpath.engine.datapath.Hook.PREROUTING;
import static org.podpath.engine.datapath.Hook.QDISC;
import static org.podpath.engine.datapath.Hook.ROUTE;
import static org.podpath.engine.datapath.Hook.VETH;
import static org.podpath.engine.datapath.Match.ADDRESS_MISMATCH;
import static org.podpath.engine.datapath.Match.COMMENT;
import static org.podpath.engine.datapath.Match.SET;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;

/**
 * kube-router: bridge kube-bridge, routes by BGP, IP in IP where asked for; policies by a firewall
 * chain for each pod.
 *
 * <p>Source of the path: cloudnativelabs/kube-router, pkg/controllers/netpol/pod.go: four rules of the
 * FORWARD chain for each pod of the node, by its address; the match on established connections stands
 * behind them, at the head of the pod's chain. So every packet walks the rules of half of the pods.
 * assumption: the rules that it walks whatever the pods are those of {@link Flannel#RULES}.
 */
final class KubeRouter {
  /** To and from its address, routed and bridged. */
  private static final int DISPATCH_RULES_PER_POD = 4;

  /** Established, from the node itself, two for what is not allowed, marks. */
  private static final int CHAIN_RULES_PER_POD = 5;

  private KubeRouter() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Tunnel tunnel = Tunnel.inKernel(kernel, options.encapsulation());
    NodeRules node = options.rules();
    Netfilter netfilter = new Netfilter(kernel, options, installed(node));
    int dispatchRules = DISPATCH_RULES_PER_POD * node.podsPerNode();
    Chains chains = chains(node, dispatchRules / 2);
    // the first of two pods ends the walk: a third of the way on average
    Chains bothEnds = chains(node, dispatchRules / 3);
    return new Cni(
        "kube-router",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "cross veth"),
                kernel.work(BRIDGE, "cross bridge"),
                netfilter.track(PREROUTING),
                netfilter.laterHooks(FORWARD),
                netfilter.walk(FORWARD, bothEnds),
                netfilter.service(PREROUTING),
                netfilter.newConnection(PREROUTING, bothEnds.ofBothEnds(RuleList.none())),
                kernel.work(VETH, "cross second veth"))),
        kernel.toWire(
            kernel.work(VETH, "cross veth"),
            kernel.work(BRIDGE, "cross bridge"),
            netfilter.track(PREROUTING),
            netfilter.laterHooks(FORWARD),
            netfilter.walk(FORWARD, chains),
            netfilter.service(PREROUTING),
            netfilter.newConnection(PREROUTING, chains),
            kernel.work(ROUTE, "route"),
            tunnel.encapsulate(),
            tunnel.wrap(),
            kernel.work(QDISC, "queue")),
        kernel.fromWire(
            tunnel.decapsulate(),
            tunnel.unwrap(),
            netfilter.track(PREROUTING),
            netfilter.laterHooks(FORWARD),
            netfilter.walk(FORWARD, chains),
            netfilter.arrivingConnection(PREROUTING, chains),
            kernel.work(ROUTE, "route"),
            kernel.work(BRIDGE, "cross bridge"),
            kernel.work(VETH, "cross veth")));
  }

  /** A jump to each policy's chain, whose rule matches a set of sources and one of destinations. */
  private static Chains chains(NodeRules node, int dispatchRules) {
    RuleList policies =
        RuleList.none().and(node.policies(), COMMENT).and(2 * node.policies(), SET);
    return new Chains(
        Flannel.RULES.and(dispatchRules, ADDRESS_MISMATCH), RuleList.none(), policies);
  }

  /** Dispatch, chains and their jumps for each pod; three rules in the chain of each policy. */
  static int installed(NodeRules node) {
    int perPod = DISPATCH_RULES_PER_POD + CHAIN_RULES_PER_POD + node.policies();
    return Flannel.RULES.size() + perPod * node.podsPerNode() + 3 * node.policies();
  }
}
