package org.podpath.engine.cluster;

import java.util.ArrayList;
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
 */
public record Topology(
    List<Host> hosts, int cardsPerHost, List<Switch> switches, List<Link> links, Routes routes) {
  public Topology {
    hosts = List.copyOf(hosts);
    switches = List.copyOf(switches);
    links = List.copyOf(links);
  }

  /** Nodes with shortest routes between them. */
  public static Topology of(
      List<Host> hosts, int cardsPerHost, List<Switch> switches, List<Link> links) {
    int cards = hosts.size() * cardsPerHost;
    return new Topology(
        hosts, cardsPerHost, switches, links, new Routes(cards, switches.size(), links));
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

  /**
   * Every host on one switch whose ports never drop.
   *
   * @param nicBitsPerSecond rate of every link
   * @param linkDelayPs delay of every link
   */
  public static Topology oneSwitch(
      List<Host> hosts, long nicBitsPerSecond, long linkDelayPs, long switchLatencyPs) {
    int count = hosts.size();
    List<Link> links = new ArrayList<>();
    for (Host host : hosts) {
      links.add(new Link(host.id(), host.name() + ".up", host.id(), count, nicBitsPerSecond,
          linkDelayPs + switchLatencyPs, Link.ANY_MTU_BYTES));
    }
    for (Host host : hosts) {
      links.add(new Link(count + host.id(), host.name() + ".down", count, host.id(),
          nicBitsPerSecond, linkDelayPs, Link.ANY_MTU_BYTES));
    }
    Switch center = new Switch(0, "switch0", switchLatencyPs, PortQueues.ENDLESS);
    return of(hosts, 1, List.of(center), links);
  }
}
