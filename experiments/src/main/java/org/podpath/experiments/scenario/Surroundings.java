package org.podpath.experiments.scenario;

import java.util.List;
import org.podpath.engine.cluster.Equipment;
import org.podpath.engine.cluster.Host;

/**
 * What a network that a user has drawn is set into.
 *
 * @param hosts of the scenario
 * @param usual what links and switches are like where the drawing does not say
 * @param packetBytes largest IP packet between hosts
 * @param frameBytes what it takes on a wire
 */
public record Surroundings(List<Host> hosts, Equipment usual, int packetBytes, int frameBytes) {
  public Surroundings {
    hosts = List.copyOf(hosts);
  }
}
