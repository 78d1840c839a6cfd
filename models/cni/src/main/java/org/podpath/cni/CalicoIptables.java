package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.FORWARD;
import static org.podpath.engine.datapath.Hook.PREROUTING;
import static org.podpath.engine.datapath.Hook.QDISC;
import static org.podpath.engine.datapath.Hook.ROUTE;
import static org.podpath.engine.datapath.Hook.VETH;
import static org.podpath.engine.datapath.Match.ADDRESS_MISMATCH;
import static org.podpath.engine.datapath.Match.COMMENT;
import static org.podpath.engine.datapath.Match.CONNTRACK_STATE;
import static org.podpath.engine.datapath.Match.INTERFACE_MISMATCH;
import static org.podpath.engine.datapath.Match.SET;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;

/**
 * Calico with iptables: routes between veths, IP in IP between hosts, chains per endpoint.
 *
 * <p>Source of the path: projectcalico/felix, rules/static.go, endpoints.go and dispatch.go:
 * cali-PREROUTING, cali-FORWARD, dispatch by interface name, endpoint chains that accept
 * ESTABLISHED first, cali-POSTROUTING. So every packet walks the dispatch, and only the first of a
 * connection the policies.
 */
final class CalicoIptables {
  /**
   * Rules that every packet walks: raw, mangle and filter chains, two dispatch trees, the heads of
   * two endpoint chains, KUBE-FORWARD. assumption: how they divide over the kinds of match; their
   * number is derived, its upper part calibrated.
   */
  private static final RuleList RULES =
      RuleList.none()
          .and(6, CONNTRACK_STATE)
          .and(22, INTERFACE_MISMATCH)
          .and(20, COMMENT)
          .and(14, ADDRESS_MISMATCH);

  /**
   * Dispatch of a new connection: eight rules of a prefix tree, then the five head rules of an
   * endpoint chain.
   */
  private static final int NEW_CONNECTION_RULES = 13;

  /** The dispatch tree splits by the first of 16 characters; half of such a branch is walked. */
  private static final int PODS_PER_DISPATCH_RULE = 32;

  /** Of an endpoint's chain, one for each direction: heads and profiles; two for each policy. */
  private static final int RULES_PER_ENDPOINT_CHAIN = 10;

  private static final int RULES_PER_ENDPOINT_POLICY = 2;

  private CalicoIptables() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Tunnel tunnel = Tunnel.inKernel(kernel, options.encapsulation());
    NodeRules node = options.rules();
    RuleList dispatch =
        RuleList.none().and(node.podsPerNode() / PODS_PER_DISPATCH_RULE, INTERFACE_MISMATCH);
    Chains chains =
        new Chains(
            RULES.and(dispatch),
            RuleList.none().and(NEW_CONNECTION_RULES, INTERFACE_MISMATCH),
            policies(node));
    Chains bothEnds = chains.ofBothEnds(dispatch);
    Netfilter netfilter = new Netfilter(kernel, options, installed(node));
    return new Cni(
        "calico-iptables",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "cross veth"),
                netfilter.track(PREROUTING),
                netfilter.laterHooks(FORWARD),
                netfilter.walk(FORWARD, bothEnds),
                netfilter.service(PREROUTING),
                netfilter.newConnection(PREROUTING, bothEnds),
                kernel.work(ROUTE, "route"),
                kernel.work(VETH, "cross second veth"))),
        kernel.toWire(
            kernel.work(VETH, "cross veth"),
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
            kernel.work(VETH, "cross veth")));
  }

  /**
   * Two rules of the endpoint chain for each policy, and one in the policy's own chain, which
   * matches a set.
   */
  private static RuleList policies(NodeRules node) {
    return RuleList.none()
        .and(RULES_PER_ENDPOINT_POLICY * node.policies(), COMMENT)
        .and(node.policies(), SET);
  }

  /** What every packet walks, two chains for each pod, and the policies' own. */
  static int installed(NodeRules node) {
    int chain = RULES_PER_ENDPOINT_CHAIN + RULES_PER_ENDPOINT_POLICY * node.policies();
    return RULES.size() + 2 * node.podsPerNode() * chain + node.policies();
  }
}
