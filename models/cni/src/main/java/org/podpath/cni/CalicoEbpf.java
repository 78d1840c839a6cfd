package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.ROUTE;
import static org.podpath.engine.datapath.Hook.TC;
import static org.podpath.engine.datapath.Hook.VETH;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Stage;

/**
 * Calico with eBPF: tc programs with conntrack, policy, route and NAT maps; VXLAN between hosts.
 *
 * <p>Source of the path: projectcalico/felix, bpf-gpl/tc.c; on the way in a packet still crosses a
 * veth and its backlog (Cilium CNI benchmark 2021, flame graphs). Routes are found by longest prefix
 * (bpf-gpl/routes.h), one for each pod of the cluster at most.
 */
final class CalicoEbpf {
  private static final int FROM_WORKLOAD_MAPS = 3; // conntrack, policy, NAT
  private static final int TO_WORKLOAD_MAPS = 2; // conntrack, policy

  private CalicoEbpf() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Tunnel tunnel = Tunnel.byProgram(kernel, options.encapsulation());
    int entries = options.rules().policies();
    Stage route = kernel.search(TC, SetKind.EBPF_LPM, options.rules().clusterPods());
    return new Cni(
        "calico-ebpf",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "cross veth"),
                kernel.program(TC, "Calico from-workload program", FROM_WORKLOAD_MAPS, entries),
                route,
                EbpfConnection.first(kernel),
                kernel.work(VETH, "cross second veth"))),
        kernel.toWire(
            kernel.work(VETH, "cross veth"),
            kernel.program(TC, "Calico from-workload program", FROM_WORKLOAD_MAPS, entries),
            route,
            EbpfConnection.first(kernel),
            kernel.work(ROUTE, "eBPF route"),
            tunnel.encapsulate(),
            tunnel.wrap()),
        kernel.fromWire(
            tunnel.decapsulate(),
            tunnel.unwrap(),
            kernel.program(TC, "Calico to-workload program", TO_WORKLOAD_MAPS, entries),
            route,
            EbpfConnection.first(kernel),
            kernel.work(VETH, "cross veth")));
  }
}
