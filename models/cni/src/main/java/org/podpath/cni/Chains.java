package org.podpath.cni;

/**
 * The iptables rules of a network that a packet walks on one way through a node, kube-proxy's apart.
 *
 * @param everyPacket those that stand before the match on established connections
 * @param dispatch those that lead a new connection to its pod's chain
 * @param policies those of the pod's policies
 */
record Chains(RuleList everyPacket, RuleList dispatch, RuleList policies) {

  /** Of a network whose rules do not depend on pods and policies. */
  static Chains of(RuleList everyPacket) {
    return new Chains(everyPacket, RuleList.none(), RuleList.none());
  }

  /** The chains of two pods of a node, with {@code more} rules for every packet. */
  Chains ofBothEnds(RuleList more) {
    return new Chains(
        everyPacket.and(more), dispatch.and(dispatch), policies.and(policies));
  }
}
