package org.podpath.cni;

import org.podpath.engine.datapath.Lookup;

/**
 * What a scenario may choose about a container network.
 *
 * @param rules what fills the rule sets of its nodes
 * @param connections the conntrack table of each of its nodes
 */
public record NetworkOptions(
    Encapsulation encapsulation, NodeRules rules, Lookup.Connections connections) {
  /**
   * Connections that a table takes, and its buckets, where memory is not short (Linux,
   * Documentation/networking/nf_conntrack-sysctl.rst).
   */
  public static final long USUAL_CONNECTIONS = 262_144;

  private static final Lookup.Connections EMPTY =
      new Lookup.Connections(USUAL_CONNECTIONS, USUAL_CONNECTIONS, 0);

  /** With an empty conntrack table of the usual size. */
  public NetworkOptions(Encapsulation encapsulation, NodeRules rules) {
    this(encapsulation, rules, EMPTY);
  }

  /** Without pods, services and policies that leave rules. */
  public static NetworkOptions plain(Encapsulation encapsulation) {
    return new NetworkOptions(encapsulation, NodeRules.NONE);
  }
}
