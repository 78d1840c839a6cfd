package org.podpath.engine.cluster;

import java.util.List;

/**
 * Hosts, switches and the links between them.
 *
 * <p>Links join nodes: first the network cards, card {@code i} of host {@code h} being node {@code h
 * · cardsPerHost + i}, then the switches.
 *
 * @param hosts by id
 * @param cardsPerHost network cards of each host, one link each way
 * @param links by id
 * @param routes the ways between cards
 * @param routing which of equally short ways a frame takes
 */
public record Topology(
    List<Host> hosts,
    int cardsPerHost,
    List<Switch> switches,
    List<Link> links,
    Routes routes,
    Routing routing) {
  public Topology {
    hosts = List.copyOf(hosts);
    switches = List.copyOf(switches);
    links = List.copyOf(links);
  }

  /** Nodes with shortest routes between them; of equal ones the hash of a connection chooses. */
  public static Topology of(
      List<Host> hosts, int cardsPerHost, List<Switch> switches, List<Link> links) {
    int cards = hosts.size() * cardsPerHost;
    return new Topology(
        hosts, cardsPerHost, switches, links, new Routes(cards, switches.size(), links),
        new Routing.Ecmp());
  }

  /** The node that is the network card which {@code pod} uses. */
  public int card(Pod pod) {
    return pod.host() * cardsPerHost + pod.card();
  }

  /** The node that is the switch {@code id}. */
  public int switchNode(int id) {
    return hosts.size() * cardsPerHost + id;
  }

  /** The switch that {@code node} is, or null where it is a network card. */
  public Switch switchAt(int node) {
    int id = node - hosts.size() * cardsPerHost;
    return id < 0 ? null : switches.get(id);
  }

  /** The same, with another choice among equal ways. */
  public Topology with(Routing otherRouting) {
    return new Topology(hosts, cardsPerHost, switches, links, routes, otherRouting);
  }

  /**
   * Every host on one switch whose ports never drop.
   *
   * @param nicBitsPerSecond rate of every link
   * @param linkDelayPs delay of every link
   */
  public static Topology oneSwitch(
      List<Host> hosts, long nicBitsPerSecond, long linkDelayPs, long switchLatencyPs) {
    Cable cable = new Cable(nicBitsPerSecond, linkDelayPs, Link.ANY_MTU_BYTES);
    return new SingleSwitch()
        .topology(hosts, new Equipment(cable, cable, switchLatencyPs, PortQueues.ENDLESS));
  }
}
