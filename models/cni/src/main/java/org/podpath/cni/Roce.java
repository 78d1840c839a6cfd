package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.NIC;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Stage;

/**
 * RDMA on the host's card: no kernel is met, between two pods of a host packets turn round in the card's
 * embedded switch. Only RoCE goes over it.
 *
 * <p>Source of the path: InfiniBand Annex A17 (RoCEv2).
 */
final class Roce {
  private Roce() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    return new Cni("roce", Optional.empty(), toWire(kernel), fromWire(kernel));
  }

  static Datapath toWire(Kernel kernel) {
    return Datapath.of("pod to wire", card(kernel));
  }

  static Datapath fromWire(Kernel kernel) {
    return Datapath.of("wire to pod", card(kernel));
  }

  private static Stage card(Kernel kernel) {
    return new Stage.Delay(NIC, "RDMA card", kernel.cost("RDMA card").fixedPs());
  }
}
