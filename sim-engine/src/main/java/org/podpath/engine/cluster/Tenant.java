package org.podpath.engine.cluster;

import java.util.Optional;

/**
 * Who owns pods and is told what the others cost it.
 *
 * @param trafficClass of its frames, 0 to 7 (IEEE 802.1Q), for ports that tell classes apart
 * @param quotaCores CPU time that the threads of each of its pods may use in a second, in seconds
 *     (Linux, cgroup v2, cpu.max); {@link #NO_QUOTA}: what they can get. What the kernel does for
 *     them in softirqs does not count
 * @param limit of the virtual function of each of its pods, where they hold one; empty: the card's rate
 */
public record Tenant(
    int id, String name, int trafficClass, double quotaCores, Optional<RateLimit> limit) {
  /** Threads may use what they can get. */
  public static final double NO_QUOTA = Double.POSITIVE_INFINITY;

  public Tenant {
    if (trafficClass < 0 || trafficClass >= PortQueues.Scheduling.CLASSES) {
      throw new IllegalArgumentException(
          "tenant '" + name + "': traffic classes are 0 to 7, not " + trafficClass);
    }
    if (!(quotaCores > 0)) {
      throw new IllegalArgumentException(
          "tenant '" + name + "': a quota is above 0 cores, not " + quotaCores);
    }
  }

  /** A tenant whose pods send as fast as the card does. */
  public Tenant(int id, String name, int trafficClass, double quotaCores) {
    this(id, name, trafficClass, quotaCores, Optional.empty());
  }

  /** A tenant without a quota. */
  public Tenant(int id, String name, int trafficClass) {
    this(id, name, trafficClass, NO_QUOTA);
  }

  /** A tenant of class 0, which is what traffic is that nobody classifies. */
  public Tenant(int id, String name) {
    this(id, name, 0);
  }
}
