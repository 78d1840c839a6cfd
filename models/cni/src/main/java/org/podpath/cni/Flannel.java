package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.BRIDGE;
import static org.podpath.engine.datapath.Hook.FORWARD;
import static org.podpath.engine.datapath.Hook.PREROUTING;
import static org.podpath.engine.datapath.Hook.QDISC;
import static org.podpath.engine.datapath.Hook.ROUTE;
import static org.podpath.engine.datapath.Hook.VETH;
import static org.podpath.engine.datapath.Match.ADDRESS_MISMATCH;
import static org.podpath.engine.datapath.Match.COMMENT;
import static org.podpath.engine.datapath.Match.CONNTRACK_STATE;
import static org.podpath.engine.datapath.Match.INTERFACE_MISMATCH;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;

/**
 * Flannel: bridge cni0 and VXLAN, kube-proxy's iptables. Enforces no NetworkPolicy.
 *
 * <p>Source of the path: flannel, Documentation/backends.md (vxlan is the default; host-gw routes);
 * Linux br_netfilter.
 */
final class Flannel {
  /**
   * Rules that every packet walks: KUBE-FORWARD, KUBE-SERVICES and KUBE-EXTERNAL-SERVICES of
   * filter, FLANNEL-FWD and the stubs of the container engine. assumption: how they divide over the
   * kinds of match.
   */
  static final RuleList RULES =
      RuleList.none()
          .and(3, CONNTRACK_STATE)
          .and(4, COMMENT)
          .and(5, ADDRESS_MISMATCH)
          .and(4, INTERFACE_MISMATCH);

  private Flannel() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Tunnel tunnel = Tunnel.inKernel(kernel, options.encapsulation());
    Netfilter netfilter = new Netfilter(kernel, options, RULES.size());
    Chains chains = Chains.of(RULES);
    return new Cni(
        "flannel",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "cross veth"),
                kernel.work(BRIDGE, "cross bridge"),
                netfilter.track(PREROUTING),
                netfilter.laterHooks(FORWARD),
                netfilter.walk(FORWARD, chains),
                netfilter.service(PREROUTING),
                netfilter.newConnection(PREROUTING, chains),
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
}
