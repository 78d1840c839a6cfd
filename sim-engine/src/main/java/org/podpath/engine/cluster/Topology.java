package org.podpath.engine.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Hosts, switches and the links between them, with the route between any two hosts.
 *
 * @param hosts by id
 * @param links by id
 */
public record Topology(List<Host> hosts, List<Switch> switches, List<Link> links, Routes routes) {
  public Topology {
    hosts = List.copyOf(hosts);
    switches = List.copyOf(switches);
    links = List.copyOf(links);
  }

  /** The way from one host to another. */
  @FunctionalInterface
  public interface Routes {
    /** Ids of the links from {@code sourceHost} to another host, in order. */
    int[] links(int sourceHost, int destinationHost);
  }

  /**
   * Every host on one switch.
   *
   * @param nicBitsPerSecond rate of every link
   * @param linkDelayPs delay of every link
   */
  public static Topology oneSwitch(
      List<Host> hosts, long nicBitsPerSecond, long linkDelayPs, long switchLatencyPs) {
    int count = hosts.size();
    List<Link> links = new ArrayList<>();
    for (Host host : hosts) {
      links.add(new Link(host.id(), host.name() + ".up", nicBitsPerSecond,
          linkDelayPs + switchLatencyPs));
    }
    for (Host host : hosts) {
      links.add(new Link(count + host.id(), host.name() + ".down", nicBitsPerSecond, linkDelayPs));
    }
    return new Topology(
        hosts,
        List.of(new Switch(0, "switch0", switchLatencyPs)),
        links,
        (from, to) -> new int[] {from, count + to});
  }
}
