package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.NIC;

import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Stage;

/**
 * An SR-IOV virtual function in the pod: the driver runs in the pod's namespace, no stage of the
 * host's is met. Between two pods of a host packets turn round in the network card's embedded
 * switch. Enforces no NetworkPolicy.
 */
final class SriovVf {
  /** 802.1Q tag that keeps tenants apart; it does not count against the MTU. */
  private static final int VLAN_BYTES = 4;

  private SriovVf() {}

  static Cni network(Kernel kernel, NetworkOptions options) {
    return new Cni(
        "sriov",
        Optional.empty(),
        kernel.functionToWire(new Stage.Wrap(NIC, "VLAN tag", VLAN_BYTES, false, false)),
        kernel.functionFromWire(new Stage.Wrap(NIC, "VLAN tag off", -VLAN_BYTES, false, false)));
  }
}
