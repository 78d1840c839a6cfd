package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** What the provider of the hosts wraps around their packets. */
public enum Underlay {
  /** The hosts' own packets. */
  @Explain("Nothing: the hosts are on the wire themselves.") NONE,

  /** IEEE 802.1Q. */
  @Explain("A VLAN tag, 4 bytes outside the MTU.") VLAN,

  /** RFC 2784. */
  @Explain("GRE with a key, 42 bytes inside the MTU.") GRE,

  /** RFC 7348. */
  @Explain("VXLAN, 50 bytes inside the MTU.") VXLAN,

  /** A provider bridge. */
  @Explain("A provider bridge that adds nothing.") FLAT
}
