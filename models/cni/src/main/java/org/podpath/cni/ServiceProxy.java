package org.podpath.cni;

/** How kube-proxy makes a node find the back end of a service. */
public enum ServiceProxy {
  /** Rules, one service after the other, walked by the first packet of a connection. */
  IPTABLES,
  /** Two verdict maps, one for services and one for back ends. */
  NFTABLES,
  /** A virtual server of the kernel: every packet finds its connection in a hash table. */
  IPVS
}
