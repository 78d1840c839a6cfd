package org.podpath.cni;

/**
 * What fills the rule sets and maps of a node.
 *
 * @param podsPerNode pods of the node: networks that dispatch by pod have rules for each
 * @param clusterPods pods of all nodes together: programs look their addresses up
 * @param services Kubernetes services
 * @param endpointsPerService back ends of each
 * @param policies network policies that select every pod, one rule each
 * @param proxy how the network's nodes find the back end of a service, if kube-proxy does it
 * @param everyPacketWalks whether every packet walks the service and policy rules, not only the
 *     first of a connection
 */
public record NodeRules(
    int podsPerNode,
    int clusterPods,
    int services,
    int endpointsPerService,
    int policies,
    ServiceProxy proxy,
    boolean everyPacketWalks) {
  /** A node without pods, services and policies. */
  public static final NodeRules NONE =
      new NodeRules(0, 0, 0, 1, 0, ServiceProxy.IPTABLES, false);

  /** kube-proxy writes so many rules for each service, and so many for each back end. */
  private static final int RULES_PER_SERVICE = 2;

  private static final int RULES_PER_ENDPOINT = 3;

  /** Of the service's chain and the back end's; half of the back ends come on top. */
  private static final int RULES_OF_ONE_SERVICE = 4;

  public NodeRules {
    if (services < 0 || policies < 0) {
      throw new IllegalArgumentException(
          services + " services and " + policies + " policies are no count");
    }
    if (podsPerNode < 0 || clusterPods < podsPerNode) {
      throw new IllegalArgumentException(
          podsPerNode + " of " + clusterPods + " pods cannot be on one node");
    }
    if (endpointsPerService < 1) {
      throw new IllegalArgumentException(
          "a service has at least one endpoint, not " + endpointsPerService);
    }
  }

  /**
   * Rules of kube-proxy that a connection to a service walks: half of the services and half of its
   * back ends on average, then the service's and the back end's own.
   *
   * <p>Source: structure of the nat table that kube-proxy writes in iptables mode (KUBE-SERVICES,
   * KUBE-SVC, KUBE-SEP).
   */
  int serviceRulesWalked() {
    return services == 0 ? 0 : services / 2 + (endpointsPerService + 1) / 2 + RULES_OF_ONE_SERVICE;
  }

  /** Rules of kube-proxy in the table. */
  int serviceRulesInstalled() {
    return proxy == ServiceProxy.IPTABLES
        ? services * (RULES_PER_SERVICE + endpointsPerService * RULES_PER_ENDPOINT)
        : 0;
  }
}
