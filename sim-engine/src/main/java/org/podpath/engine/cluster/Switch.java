package org.podpath.engine.cluster;

/**
 * A switch with a queue at each of its ports.
 *
 * @param latencyPs from the last bit of a frame in (with cut-through, from the last bit of its
 *     header) to its first bit out of an idle port
 * @param queues what its ports do with frames that cannot leave at once
 */
public record Switch(int id, String name, long latencyPs, PortQueues queues) {
  public Switch {
    if (latencyPs < 0) {
      throw new IllegalArgumentException(
          name + " cannot be faster than light: " + latencyPs + " ps");
    }
  }
}
