package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.TC;
import static org.podpath.engine.datapath.Hook.VETH;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Stage;

/**
 * Cilium with eBPF host routing, kube-proxy replacement and VXLAN between hosts: netfilter is never
 * entered.
 *
 * <p>Source of the path: Cilium documentation, "Life of a Packet": from-container program,
 * cilium_vxlan, overlay program, to-container program, redirect to the peer. Without encapsulation
 * (native routing) the overlay program drops out. The identity of a destination is found by longest
 * prefix, among the pods of the cluster (bpf/lib/eps.h, ipcache).
 */
final class Cilium {
  private static final int FROM_CONTAINER_MAPS = 4; // conntrack, policy, endpoint, tunnel
  private static final int TO_CONTAINER_MAPS = 3; // conntrack, policy, endpoint
  private static final int OVERLAY_MAPS = 2; // identity, endpoint

  private Cilium() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    Tunnel tunnel = Tunnel.byProgram(kernel, options.encapsulation());
    int entries = options.rules().policies();
    Stage identity =
        kernel.search(TC, SetKind.EBPF_LPM, options.rules().clusterPods()); // the map ipcache
    Stage overlay =
        options.encapsulation() == Encapsulation.NONE
            ? tunnel.decapsulate()
            : kernel.program(TC, "Cilium overlay program", OVERLAY_MAPS, 0);
    return new Cni(
        "cilium",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "cross veth"),
                kernel.program(TC, "Cilium from-container program", FROM_CONTAINER_MAPS, entries),
                identity,
                EbpfConnection.first(kernel),
                kernel.work(VETH, "redirect to peer"))),
        kernel.toWire(
            kernel.work(VETH, "cross veth"),
            kernel.program(TC, "Cilium from-container program", FROM_CONTAINER_MAPS, entries),
            identity,
            EbpfConnection.first(kernel),
            tunnel.encapsulate(),
            tunnel.wrap()),
        kernel.fromWire(
            tunnel.decapsulate(),
            tunnel.unwrap(),
            overlay,
            kernel.program(TC, "Cilium to-container program", TO_CONTAINER_MAPS, entries),
            EbpfConnection.first(kernel),
            kernel.work(VETH, "redirect to peer")));
  }
}
