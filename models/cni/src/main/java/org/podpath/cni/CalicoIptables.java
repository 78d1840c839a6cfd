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
 * ESTABLISHED first, cali-POSTROUTING.
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

  private CalicoIptables() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Tunnel tunnel = Tunnel.inKernel(kernel, options.encapsulation());
    RuleList policies = policies(options);
    RuleList rules = RULES.and(KubeProxy.everyPacket(options, policies));
    int installed = RULES.size() + options.serviceRulesInstalled() + policies.size();
    RuleList connection = policies.and(NEW_CONNECTION_RULES, INTERFACE_MISMATCH);
    return new Cni(
        "calico-iptables",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "cross veth"),
                kernel.work(PREROUTING, "netfilter hooks + conntrack"),
                kernel.walk(FORWARD, "iptables rules", rules, installed),
                KubeProxy.newConnection(PREROUTING, kernel, options, connection.and(connection)),
                kernel.work(ROUTE, "route"),
                kernel.work(VETH, "cross second veth"))),
        kernel.toWire(
            kernel.work(VETH, "cross veth"),
            kernel.work(PREROUTING, "netfilter hooks + conntrack"),
            kernel.walk(FORWARD, "iptables rules", rules, installed),
            KubeProxy.newConnection(PREROUTING, kernel, options, connection),
            kernel.work(ROUTE, "route"),
            tunnel.encapsulate(),
            tunnel.wrap(),
            kernel.work(QDISC, "queue")),
        kernel.fromWire(
            tunnel.decapsulate(),
            tunnel.unwrap(),
            kernel.work(PREROUTING, "netfilter hooks + conntrack"),
            kernel.walk(FORWARD, "iptables rules", rules, installed),
            KubeProxy.arrivingConnection(PREROUTING, kernel, connection),
            kernel.work(ROUTE, "route"),
            kernel.work(VETH, "cross veth")));
  }

  /**
   * Two rules of the endpoint chain for each policy, and one in the policy's own chain, which
   * matches a set.
   */
  private static RuleList policies(NetworkOptions options) {
    return RuleList.none().and(2 * options.policies(), COMMENT).and(options.policies(), SET);
  }
}
