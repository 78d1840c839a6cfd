package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.TC;

import org.podpath.engine.datapath.Stage;

/**
 * What eBPF programs do for the first packet of a connection, whatever the number of services and
 * policies.
 */
final class EbpfConnection {
  /** Service and back end of the load balancer. */
  private static final int LOAD_BALANCER_MAPS = 2;

  private EbpfConnection() {}

  static Stage first(Kernel kernel) {
    return kernel.firstPacket(
        TC, kernel.program(TC, "eBPF new connection", LOAD_BALANCER_MAPS, 0));
  }
}
