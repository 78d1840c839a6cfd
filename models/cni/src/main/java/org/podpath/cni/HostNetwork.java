package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.INPUT;
import static org.podpath.engine.datapath.Hook.OUTPUT;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;

/** The host's own network namespace: no veth, but the netfilter of a Kubernetes node. */
final class HostNetwork {
  private HostNetwork() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    RuleList rules = Flannel.RULES.and(KubeProxy.everyPacket(options, RuleList.none()));
    int installed = Flannel.RULES.size() + options.serviceRulesInstalled();
    return new Cni(
        "host",
        Optional.of(Kernel.sameHost()), // loopback: no stage of the host's namespace
        kernel.toWire(
            kernel.work(OUTPUT, "netfilter hooks + conntrack"),
            kernel.walk(OUTPUT, "iptables rules", rules, installed),
            KubeProxy.newConnection(OUTPUT, kernel, options, RuleList.none())),
        kernel.fromWire(
            kernel.work(INPUT, "netfilter hooks + conntrack"),
            kernel.walk(INPUT, "iptables rules", rules, installed),
            KubeProxy.arrivingConnection(INPUT, kernel, RuleList.none())));
  }
}
