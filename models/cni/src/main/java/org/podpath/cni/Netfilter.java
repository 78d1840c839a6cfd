package org.podpath.cni;

import static org.podpath.engine.datapath.Match.ADDRESS_MISMATCH;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Lookup;
import org.podpath.engine.datapath.Stage;

/**
 * Netfilter of a node as packets of a network meet it: hooks and connection tracking, the rules that
 * every packet walks, those that the first of a connection walks, and kube-proxy's way to services.
 */
final class Netfilter {
  private static final int LATER_HOOKS = 2;

  private final Kernel kernel;
  private final NodeRules node;
  private final Lookup.Connections connections;
  private final int installed;

  /**
   * For a network.
   *
   * @param installed rules of the network in the table, for all pods and policies of the node
   */
  Netfilter(Kernel kernel, NetworkOptions options, int installed) {
    this.kernel = kernel;
    node = options.rules();
    connections = options.connections();
    this.installed = installed + node.serviceRulesInstalled();
  }

  /** The first hook: the look-up of the packet's connection. */
  Stage track(Hook hook) {
    return kernel.conntrack(hook, "conntrack look-up", connections);
  }

  /** Those behind it that have tables: of forwarded packets and after routing, or as many else. */
  Stage laterHooks(Hook hook) {
    return kernel.times(LATER_HOOKS, hook, "netfilter hook");
  }

  /** The rules that every packet walks. */
  Stage walk(Hook hook, Chains chains) {
    RuleList all =
        node.everyPacketWalks()
            ? chains.everyPacket().and(serviceRules()).and(chains.policies())
            : chains.everyPacket();
    return kernel.walk(hook, "iptables rules", all, installed);
  }

  /** What finds the back end of a packet to a service, on the host that sends it. */
  Stage service(Hook hook) {
    return node.services() > 0 && node.proxy() == ServiceProxy.IPVS
        ? kernel.work(hook, "IPVS connection")
        : Kernel.nothing(hook, "no virtual server");
  }

  /** A new connection on the host that opens it. */
  Stage newConnection(Hook hook, Chains chains) {
    List<Stage> detour = new ArrayList<>();
    detour.add(kernel.work(hook, "allocate conntrack entry"));
    RuleList walked = serviceRules().and(chains.dispatch()).and(chains.policies());
    detour.add(kernel.walk(hook, "service and policy rules", walked, installed));
    if (node.services() > 0) {
      switch (node.proxy()) {
        case IPTABLES -> {} // its rules are walked above
        case NFTABLES -> {
          detour.add(kernel.search(hook, SetKind.NFT_VERDICT_MAP, node.services()));
          detour.add(kernel.search(hook, SetKind.NFT_VERDICT_MAP, node.endpointsPerService()));
        }
        case IPVS -> detour.add(kernel.work(hook, "IPVS new connection"));
      }
    }
    detour.add(kernel.work(hook, "confirm conntrack entry"));
    return kernel.firstPacket(hook, detour.toArray(Stage[]::new));
  }

  /** A new connection on the host that it arrives at: its service has been translated already. */
  Stage arrivingConnection(Hook hook, Chains chains) {
    return kernel.firstPacket(
        hook,
        kernel.work(hook, "allocate conntrack entry"),
        kernel.walk(hook, "policy rules", chains.dispatch().and(chains.policies()), installed),
        kernel.work(hook, "confirm conntrack entry"));
  }

  private RuleList serviceRules() {
    return node.proxy() == ServiceProxy.IPTABLES
        ? RuleList.none().and(node.serviceRulesWalked(), ADDRESS_MISMATCH)
        : RuleList.none();
  }
}
