package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.COPY;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;

/**
 * FreeFlow: containers call verbs, which a library hands to a router on their host; that calls the real
 * ones, or copies within the host's memory.
 *
 * <p>Source of the path: D. Kim et al., "FreeFlow: Software-based Virtual RDMA Networking for
 * Containerized Clouds", NSDI 2019, section 4. What the router's own core burns is left out.
 */
final class FreeFlow {
  private FreeFlow() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    return new Cni(
        "freeflow",
        Optional.of(
            Datapath.of("pod to pod", kernel.work(COPY, "copy in shared memory"))),
        Roce.toWire(kernel),
        Roce.fromWire(kernel));
  }
}
