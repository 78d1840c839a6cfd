package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.NIC;
import static org.podpath.engine.datapath.Hook.POLL;

import java.util.List;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Stage;

/**
 * VPP, the graph of packet vectors in user space, on cores of its own. Pods have either taps, which
 * bring frames to their kernel one by one, or memif, shared memory for a stack in user space.
 *
 * <p>Source of the path: Calico documentation, "Calico VPP data plane"; fd.io VPP, src/vnet/devices/tap
 * and src/plugins/memif. Encapsulation is one of the graph's nodes. Policies and services, which are
 * others, are left out.
 */
final class Vpp {
  private Vpp() {}

  /** Pods with taps. */
  static Cni withTaps(Kernel kernel, NetworkOptions options) {
    Stage tap = kernel.work(NIC, "VPP tap");
    Stage graph = kernel.work(POLL, "VPP graph");
    PolledSwitch pods = new PolledSwitch(kernel, tap, List.of(tap));
    Encapsulation tunnel = options.encapsulation();
    return pods.network(
        "vpp",
        List.of(graph),
        List.of(graph, kernel.wrap(tunnel)),
        List.of(kernel.unwrap(tunnel), graph));
  }

  /**
   * Pods with memif. assumption: their stacks cost what Linux's does, a frame being a packet of its own,
   * and are woken up for frames as by an interrupt.
   */
  static Cni withMemif(Kernel kernel, NetworkOptions options) {
    Stage graph = kernel.work(POLL, "VPP graph");
    Stage copy = kernel.work(POLL, "memif copy");
    PolledSwitch pods =
        new PolledSwitch(kernel, Kernel.nothing(NIC, "shared memory"), List.of());
    Encapsulation tunnel = options.encapsulation();
    return pods.network(
        "vpp-memif",
        List.of(copy, graph, copy),
        List.of(copy, graph, kernel.wrap(tunnel)),
        List.of(kernel.unwrap(tunnel), graph, copy));
  }
}
