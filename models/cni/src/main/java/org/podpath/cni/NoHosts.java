package org.podpath.cni;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;

/**
 * No hosts at all: what a pod sends is on the wire at once, what arrives is with its reader. For
 * questions to the fabric and the transport alone, and for comparison with simulators that have no
 * hosts.
 */
final class NoHosts {
  private NoHosts() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    return new Cni(
        "none", Optional.empty(), Datapath.of("pod to wire"), Datapath.of("wire to pod"));
  }
}
