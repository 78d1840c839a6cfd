package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.NIC;
import static org.podpath.engine.datapath.Hook.POLL;

import java.util.List;
import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.datapath.Lookup;
import org.podpath.engine.datapath.Stage;

/**
 * Open vSwitch with DPDK: poll-mode drivers and vhost-user rings on cores of its own, flows in an
 * exact-match cache. Pods have virtio cards without TSO, whose drivers join frames (GRO).
 *
 * <p>Source of the path: Open vSwitch documentation, "DPDK vHost User Ports" and "PMD Threads"; a packet
 * of a tunnel is looked up twice, by its outer and by its inner headers (ovs-fields(7), TUNNEL FIELDS).
 * Security groups, up-calls and their costs are left out.
 */
final class OvsDpdk {
  /** Open vSwitch, lib/dpif-netdev-private-dfc.h, EM_FLOW_HASH_ENTRIES: 2^13. */
  private static final double EXACT_MATCH_ENTRIES = 8192;

  /** assumption: flows of a pipeline without security groups look at so many combinations of fields. */
  private static final int SUBTABLES = 4;

  private OvsDpdk() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    PolledSwitch pods =
        new PolledSwitch(
            kernel, kernel.work(NIC, "hand to NIC"),
            List.of(
                kernel.work(NIC, "receive frame"),
                kernel.work(NIC, "receive pages"),
                new Stage.Merge(NIC, "GRO", kernel.cost("GRO frame"))));
    Kernel host = kernel.host();
    Stage ring = host.work(POLL, "vhost-user");
    Stage copy = host.work(POLL, "vhost-user copy");
    Encapsulation tunnel = options.encapsulation();
    Stage flows = flows(host, tunnel == Encapsulation.NONE ? 1 : 2, options);
    return pods.network(
        "ovs-dpdk",
        List.of(ring, copy, flows(host, 1, options), ring, copy),
        List.of(ring, copy, flows, kernel.wrap(tunnel)),
        List.of(kernel.unwrap(tunnel), flows, ring, copy));
  }

  /** The flows of connections beyond those that the cache holds are found by subtables. */
  private static Stage flows(Kernel kernel, int lookups, NetworkOptions options) {
    double connections = Math.max(1, options.connections().entries());
    Lookup cache =
        new Lookup.FlowCache(
            lookups, SUBTABLES, Math.min(1, EXACT_MATCH_ENTRIES / connections),
            kernel.cost("PMD flow").fixedPs(), kernel.cost("PMD subtable").fixedPs());
    return new Stage.Work(POLL, "flows", Cost.NONE, Optional.of(cache));
  }
}
