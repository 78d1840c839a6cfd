package org.podpath.engine.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * A fabric while it is drawn. Switches are numbered in the order in which they are added, and links
 * likewise, after those of the network cards: every card's way up, then every card's way down.
 */
public final class Blueprint {
  private final List<Host> hosts;
  private final int cardsPerHost;
  private final List<Switch> switches = new ArrayList<>();
  private final List<Drawn> edge = new ArrayList<>();
  private final List<Drawn> inner = new ArrayList<>();

  /** Hosts without a link yet. */
  public Blueprint(List<Host> hosts, int cardsPerHost) {
    this.hosts = List.copyOf(hosts);
    this.cardsPerHost = cardsPerHost;
  }

  /** How many hosts there are. */
  int hosts() {
    return hosts.size();
  }

  /** The node that is network card {@code card} of {@code host}. */
  public int card(int host, int card) {
    return host * cardsPerHost + card;
  }

  /** The node that is a new switch. */
  public int addSwitch(String name, long latencyPs, PortQueues queues) {
    switches.add(new Switch(switches.size(), name, latencyPs, queues));
    return cards() + switches.size() - 1;
  }

  /** The node that is a new switch as {@code equipment} has them. */
  int addSwitch(String name, Equipment equipment) {
    return addSwitch(name, equipment.switchLatencyPs(), equipment.queues());
  }

  /** Nodes that are new switches, called {@code name0}, {@code name1} and so on. */
  int[] addSwitches(int count, String name, Equipment equipment) {
    int[] nodes = new int[count];
    for (int i = 0; i < count; i++) {
      nodes[i] = addSwitch(name + i, equipment);
    }
    return nodes;
  }

  /** Joins every network card to its switch, both ways: {@code host0.up} and {@code host0.down}. */
  void attach(int[] switchOfCard, Cable cable) {
    for (int card = 0; card < cards(); card++) {
      edge.add(new Drawn(name(card) + ".up", card, switchOfCard[card], cable));
    }
    for (int card = 0; card < cards(); card++) {
      edge.add(new Drawn(name(card) + ".down", switchOfCard[card], card, cable));
    }
  }

  /** Joins two nodes both ways, {@code leaf0.spine1} and {@code spine1.leaf0}. */
  void join(int one, int other, Cable cable) {
    link(one, other, cable);
    link(other, one, cable);
  }

  private void link(int from, int to, Cable cable) {
    String end = name(to);
    link(name(from) + "." + end.substring(end.lastIndexOf('.') + 1), from, to, cable);
  }

  /** Draws a link one way. */
  public void link(String name, int from, int to, Cable cable) {
    inner.add(new Drawn(name, from, to, cable));
  }

  /** The node by its name in traces, such as {@code host0} or {@code leaf1}. */
  public String name(int node) {
    if (node >= cards()) {
      return switches.get(node - cards()).name();
    }
    String host = hosts.get(node / cardsPerHost).name();
    return cardsPerHost == 1 ? host : host + ".card" + node % cardsPerHost;
  }

  /** What has been drawn. */
  public Topology topology() {
    List<Link> links = new ArrayList<>();
    for (Drawn drawn : edge) {
      links.add(link(links.size(), drawn));
    }
    for (Drawn drawn : inner) {
      links.add(link(links.size(), drawn));
    }
    return Topology.of(hosts, cardsPerHost, switches, links);
  }

  private Link link(int id, Drawn drawn) {
    int end = drawn.to() - cards();
    long latencyPs = end < 0 ? 0 : switches.get(end).latencyPs();
    Cable cable = drawn.cable();
    return new Link(
        id, drawn.name(), drawn.from(), drawn.to(), cable.bitsPerSecond(),
        cable.delayPs() + latencyPs, cable.mtuBytes());
  }

  private int cards() {
    return hosts.size() * cardsPerHost;
  }

  private record Drawn(String name, int from, int to, Cable cable) {}
}
