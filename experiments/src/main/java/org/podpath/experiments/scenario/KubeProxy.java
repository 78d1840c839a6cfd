package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** How kube-proxy makes a node find the back end of a service. */
public enum KubeProxy {
  /** The default of Linux nodes. */
  @Explain("Rules, one service after the other, walked by the first packet of a connection.") IPTABLES,

  /** Kubernetes 1.31 and later. */
  @Explain("Two verdict maps, looked up by the first packet of a connection.") NFTABLES,

  /** A virtual server of the kernel. */
  @Explain("A virtual server of the kernel, which every packet passes.") IPVS
}
