package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.INPUT;
import static org.podpath.engine.datapath.Hook.OUTPUT;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;

/** The host's own network namespace: no veth, but the netfilter of a Kubernetes node. */
final class HostNetwork {
  private HostNetwork() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Netfilter netfilter = new Netfilter(kernel, options, Flannel.RULES.size());
    Chains chains = Chains.of(Flannel.RULES);
    return new Cni(
        "host",
        Optional.of(Kernel.sameHost()), // loopback: no stage of the host's namespace
        kernel.toWire(
            netfilter.track(OUTPUT),
            netfilter.laterHooks(OUTPUT),
            netfilter.walk(OUTPUT, chains),
            netfilter.service(OUTPUT),
            netfilter.newConnection(OUTPUT, chains)),
        kernel.fromWire(
            netfilter.track(INPUT),
            netfilter.laterHooks(INPUT),
            netfilter.walk(INPUT, chains),
            netfilter.arrivingConnection(INPUT, chains)));
  }
}
