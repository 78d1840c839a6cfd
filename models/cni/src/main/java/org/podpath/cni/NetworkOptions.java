package org.podpath.cni;

/**
 * What a scenario may choose about a container network.
 *
 * @param services Kubernetes services, one endpoint each
 * @param policies network policies on the pods, one rule each
 * @param everyPacketWalks whether every packet walks the service and policy rules, not only the
 *     first of a connection
 */
public record NetworkOptions(
    Encapsulation encapsulation, int services, int policies, boolean everyPacketWalks) {
  public NetworkOptions {
    if (services < 0 || policies < 0) {
      throw new IllegalArgumentException(
          services + " services and " + policies + " policies are no count");
    }
  }

  /** Without services and policies. */
  public static NetworkOptions plain(Encapsulation encapsulation) {
    return new NetworkOptions(encapsulation, 0, 0, false);
  }

  /**
   * Rules of kube-proxy that a connection to a service walks: half of the services on average, then
   * the service's and the endpoint's chain.
   *
   * <p>Source: structure of the nat table that kube-proxy writes in iptables mode (KUBE-SERVICES,
   * KUBE-SVC, KUBE-SEP).
   */
  int serviceRulesWalked() {
    return services == 0 ? 0 : services / 2 + 5;
  }

  /** Rules of kube-proxy in the table: two for each service, three for each endpoint. */
  int serviceRulesInstalled() {
    return 5 * services;
  }
}
