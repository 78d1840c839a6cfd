package org.podpath.engine.cluster;

import java.util.List;

/**
 * The shape of a network: which switches there are and what is joined to what.
 *
 * <p>To add one: a record with its numbers and {@link #draw}, and its name behind {@code permits}.
 * {@code FabricTest} fails until it has an example of it, and then holds for it too.
 */
public sealed interface Fabric permits Site, FatTree, RailOptimised, TwoSites {

  /** Network cards of each host. */
  default int cardsPerHost() {
    return 1;
  }

  /** Hosts that find a port. */
  long mostHosts();

  /** How {@link #mostHosts} comes about, such as {@code 2 leaves of 8 hosts}. */
  String room();

  /**
   * Draws switches, the links between them, and those of every host.
   *
   * @param blueprint with at most {@link #mostHosts()} hosts and no link yet
   */
  void draw(Blueprint blueprint, Equipment equipment);

  /**
   * The fabric with {@code hosts} on it.
   *
   * @throws IllegalArgumentException if there are more of them than it takes
   */
  default Topology topology(List<Host> hosts, Equipment equipment) {
    if (hosts.size() > mostHosts()) {
      throw new IllegalArgumentException(
          hosts.size() + " hosts do not fit: " + room() + " take " + mostHosts());
    }
    Blueprint blueprint = new Blueprint(hosts, cardsPerHost());
    draw(blueprint, equipment);
    return blueprint.topology();
  }

  /** Refuses {@code number} below 1. */
  static void require(int number, String what) {
    if (number < 1) {
      throw new IllegalArgumentException("a fabric needs at least 1 " + what + ": " + number);
    }
  }
}
