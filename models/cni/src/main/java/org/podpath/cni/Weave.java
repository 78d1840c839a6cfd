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
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Stage;

/**
 * Weave Net: one Ethernet for all pods. With its fast datapath flows of the Open vSwitch kernel datapath
 * lead from the bridge to VXLAN between hosts; with sleeve, to which it falls back, its router captures
 * each frame on the bridge and sends it by UDP from user space, where nothing is cut or joined for it. No
 * route is looked up for a pod's packet.
 *
 * <p>Source of the path: weaveworks/weave, docs/fastdp.md, router/sleeve.go. Policies (weave-npc) accept established
 * connections first and match ipsets.
 */
final class Weave {
  /** Of the dispatch to the chains of weave-npc, walked by a new connection. assumption: number. */
  private static final int NEW_CONNECTION_RULES = 5;

  private Weave() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    boolean sleeve = options.encapsulation() == Encapsulation.SLEEVE;
    if (sleeve && kernel.isGuest()) {
      throw new IllegalArgumentException(
          "sleeve is known on hosts alone; write vxlan, or cluster: {machine: none}");
    }
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
                netfilter.laterHooks(FORWARD),
                netfilter.walk(FORWARD, chains),
                netfilter.service(PREROUTING),
                netfilter.newConnection(PREROUTING, chains),
                kernel.work(VETH, "cross second veth"))),
        sleeve
            ? bySleeve(kernel, netfilter, chains, tunnel)
            : kernel.toWire(
                kernel.work(VETH, "cross veth"),
                netfilter.track(PREROUTING),
                netfilter.laterHooks(FORWARD),
                netfilter.walk(FORWARD, chains),
                netfilter.service(PREROUTING),
                netfilter.newConnection(PREROUTING, chains),
                kernel.megaflows("bridge to tunnel", 1, options),
                tunnel.encapsulate(),
                tunnel.wrap(),
                kernel.work(QDISC, "queue")),
        sleeve
            ? fromSleeve(kernel, netfilter, chains, tunnel)
            : kernel.fromWire(
                tunnel.decapsulate(),
                tunnel.unwrap(),
                kernel.megaflows("tunnel to bridge", 1, options),
                netfilter.track(PREROUTING),
                netfilter.laterHooks(FORWARD),
                netfilter.walk(FORWARD, chains),
                netfilter.arrivingConnection(PREROUTING, chains),
                kernel.work(VETH, "cross veth")));
  }

  /** What the router captures are frames, so they are cut before it. */
  private static Datapath bySleeve(
      Kernel kernel, Netfilter netfilter, Chains chains, Tunnel tunnel) {
    Stage cut = new Stage.Split(BRIDGE, "cut to MTU", Cost.NONE);
    Datapath atCard =
        kernel.toWire(
            kernel.work(VETH, "cross veth"),
            netfilter.track(PREROUTING),
            netfilter.laterHooks(FORWARD),
            netfilter.walk(FORWARD, chains),
            netfilter.service(PREROUTING),
            netfilter.newConnection(PREROUTING, chains),
            cut,
            kernel.work(BRIDGE, "cross bridge"),
            tunnel.encapsulate(),
            tunnel.wrap(),
            kernel.work(QDISC, "queue"));
    return new Datapath(
        atCard.name(),
        atCard.stages()
            .stream()
            .filter(stage -> stage == cut || !(stage instanceof Stage.Split))
            .toList());
  }

  /** Datagrams that carry frames are not joined, nor is what the router puts on the bridge. */
  private static Datapath fromSleeve(
      Kernel kernel, Netfilter netfilter, Chains chains, Tunnel tunnel) {
    Datapath joined =
        kernel.fromWire(
            tunnel.decapsulate(),
            tunnel.unwrap(),
            kernel.work(BRIDGE, "cross bridge"),
            netfilter.track(PREROUTING),
            netfilter.laterHooks(FORWARD),
            netfilter.walk(FORWARD, chains),
            netfilter.arrivingConnection(PREROUTING, chains),
            kernel.work(VETH, "cross veth"));
    return new Datapath(
        joined.name(),
        joined.stages().stream().filter(stage -> !(stage instanceof Stage.Merge)).toList());
  }
}
