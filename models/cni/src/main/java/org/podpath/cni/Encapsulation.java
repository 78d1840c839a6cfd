package org.podpath.cni;

import java.util.Locale;

/** What is wrapped around packets between hosts. */
public enum Encapsulation {
  /** Nothing: pod addresses are routed. */
  NONE(0),
  /** Outer IP 20, UDP 8, VXLAN 8, inner Ethernet 14 (RFC 7348). */
  VXLAN(50),
  /** Outer IP 20 (RFC 2003). */
  IPIP(20),
  /** As VXLAN, with the 8 bytes of option that Open vSwitch adds (RFC 8926). */
  GENEVE(58),
  /**
   * Outer IP 20, UDP 8, the sender's name 6, both names and a length 14, inner Ethernet 14 (weaveworks/weave,
   * router/sleeve.go, router/crypto.go); all flows of two hosts have the ports of their routers.
   */
  SLEEVE(62);

  private final int headerBytes;

  Encapsulation(int headerBytes) {
    this.headerBytes = headerBytes;
  }

  /** What it takes from the MTU. */
  public int headerBytes() {
    return headerBytes;
  }

  /** Whether its outer headers look the same for all flows of two hosts: there are no ports that differ. */
  public boolean hidesFlows() {
    return this == IPIP || this == SLEEVE;
  }

  /** As in scenarios. */
  public String inWords() {
    return name().toLowerCase(Locale.ROOT);
  }
}
