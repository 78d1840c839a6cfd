package org.podpath.engine.cluster;

/**
 * A machine with cores and network cards.
 *
 * @param id position in {@link Topology#hosts()}
 * @param cores physical cores
 * @param smt whether every core has two threads; CPUs i and i + cores are siblings then
 * @param receiveQueues queues of each network card, used by {@link Receive#RSS}
 */
public record Host(
    int id,
    String name,
    HostProfile profile,
    int cores,
    boolean smt,
    Receive receive,
    int receiveQueues) {
  public Host {
    if (cores <= 0) {
      throw new IllegalArgumentException(name + " has no core: " + cores);
    }
    if (receiveQueues <= 0 || receiveQueues > (smt ? 2 : 1) * cores) {
      throw new IllegalArgumentException(
          name + " has " + receiveQueues + " receive queues on " + (smt ? 2 : 1) * cores + " CPUs");
    }
  }

  /** Logical CPUs: threads of all cores. */
  public int cpus() {
    return smt ? 2 * cores : cores;
  }

  /** The network card's embedded switch, as a link from the host to itself; its id is negative. */
  public Link hairpin() {
    return new Link(
        -1 - id, name + ".hairpin", id, id, profile.hairpinBitsPerSecond(),
        profile.hairpinLatencyPs(), Link.ANY_MTU_BYTES);
  }

  /** The other thread of the core that {@code cpu} belongs to, −1 without SMT. */
  public int siblingOf(int cpu) {
    return smt ? (cpu + cores) % (2 * cores) : -1;
  }
}
