package org.podpath.engine.cluster;

/**
 * A store-and-forward switch.
 *
 * @param latencyPs from the last bit of a frame in to its first bit out of an idle port
 */
public record Switch(int id, String name, long latencyPs) {
  public Switch {
    if (latencyPs < 0) {
      throw new IllegalArgumentException(
          name + " cannot be faster than light: " + latencyPs + " ps");
    }
  }
}
