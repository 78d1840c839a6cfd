package org.podpath.cni;

/**
 * What a scenario may choose about a container network.
 *
 * @param rules what fills the rule sets of its nodes
 */
public record NetworkOptions(Encapsulation encapsulation, NodeRules rules) {

  /** Without pods, services and policies that leave rules. */
  public static NetworkOptions plain(Encapsulation encapsulation) {
    return new NetworkOptions(encapsulation, NodeRules.NONE);
  }
}
