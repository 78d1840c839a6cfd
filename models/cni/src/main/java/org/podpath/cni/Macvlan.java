package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.VETH;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;

/**
 * macvlan in bridge mode: pods share the host's card by MAC address, past the host's IP stack.
 * Enforces no NetworkPolicy.
 *
 * <p>Source of the path: Linux drivers/net/macvlan.c: on the way out straight to the lower device,
 * on the way in one hash look-up of the destination; between pods of a host through the receiver's
 * backlog.
 */
final class Macvlan {
  private Macvlan() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    return new Cni(
        "macvlan",
        Optional.of(
            Kernel.sameHost(
                kernel.work(VETH, "demultiplex macvlan"), kernel.work(VETH, "cross veth"))),
        kernel.toWire(),
        kernel.fromWire(kernel.work(VETH, "demultiplex macvlan")));
  }
}
