package org.podpath.cni;

import static org.podpath.engine.datapath.Match.ADDRESS_MISMATCH;

import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Stage;

/** kube-proxy in iptables mode: rules that the first packet of a connection to a service walks. */
final class KubeProxy {
  private KubeProxy() {}

  /** A new connection on the host that opens it. */
  static Stage newConnection(
      Hook hook, Kernel kernel, NetworkOptions options, RuleList policies) {
    return kernel.firstPacket(
        hook,
        kernel.work(hook, "new conntrack entry"),
        kernel.walk(
            hook,
            "service and policy rules",
            services(options).and(policies),
            options.serviceRulesInstalled() + policies.size()));
  }

  /** A new connection on the host that it arrives at: its services have been translated already. */
  static Stage arrivingConnection(Hook hook, Kernel kernel, RuleList policies) {
    return kernel.firstPacket(
        hook,
        kernel.work(hook, "new conntrack entry"),
        kernel.walk(hook, "policy rules", policies, policies.size()));
  }

  /**
   * What every packet walks on top where rules stand before the match on established connections.
   */
  static RuleList everyPacket(NetworkOptions options, RuleList policies) {
    return options.everyPacketWalks() ? services(options).and(policies) : RuleList.none();
  }

  private static RuleList services(NetworkOptions options) {
    return RuleList.none().and(options.serviceRulesWalked(), ADDRESS_MISMATCH);
  }
}
