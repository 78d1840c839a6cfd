package org.podpath.engine.cluster;

/**
 * Who owns pods and is told what the others cost it.
 *
 * @param trafficClass of its frames, 0 to 7 (IEEE 802.1Q), for ports that tell classes apart
 */
public record Tenant(int id, String name, int trafficClass) {
  public Tenant {
    if (trafficClass < 0 || trafficClass >= PortQueues.Scheduling.CLASSES) {
      throw new IllegalArgumentException(
          "tenant '" + name + "': traffic classes are 0 to 7, not " + trafficClass);
    }
  }

  /** A tenant of class 0, which is what traffic is that nobody classifies. */
  public Tenant(int id, String name) {
    this(id, name, 0);
  }
}
