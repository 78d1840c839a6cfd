package org.podpath.engine.cluster;

/**
 * A machine with cores and network cards.
 *
 * @param id position in {@link Topology#hosts()}
 * @param cores physical cores
 * @param smt whether every core has two threads; CPUs i and i + cores are siblings then
 * @param receiveQueues queues of each network card, used by {@link Receive#RSS}
 * @param pollingCores the last of its cores, which poll for its datapath: nothing else runs on them
 */
public record Host(
    int id,
    String name,
    HostProfile profile,
    int cores,
    boolean smt,
    Receive receive,
    int receiveQueues,
    int pollingCores) {
  public Host {
    if (cores <= 0) {
      throw new IllegalArgumentException(name + " has no core: " + cores);
    }
    if (pollingCores < 0 || pollingCores >= cores) {
      throw new IllegalArgumentException(
          name + " has " + cores + " cores, of which " + pollingCores + " cannot poll");
    }
    int mostQueues = pollingCores > 0 ? cores - pollingCores : smt ? 2 * cores : cores;
    if (receiveQueues <= 0 || receiveQueues > mostQueues) {
      throw new IllegalArgumentException(
          name + " has " + receiveQueues + " receive queues on " + mostQueues + " CPUs");
    }
  }

  /** A machine whose cores are all free for pods. */
  public Host(
      int id,
      String name,
      HostProfile profile,
      int cores,
      boolean smt,
      Receive receive,
      int receiveQueues) {
    this(id, name, profile, cores, smt, receive, receiveQueues, 0);
  }

  /** Logical CPUs: threads of all cores. */
  public int cpus() {
    return smt ? 2 * cores : cores;
  }

  /** Whether {@code cpu} belongs to a core that polls: with SMT the sibling of one that does stays idle. */
  public boolean isPolling(int cpu) {
    return cpu % cores >= cores - pollingCores;
  }

  /**
   * One of the CPUs that poll.
   *
   * @param key chooses, in turn
   * @throws ArithmeticException if none polls
   */
  public int pollingCpu(int key) {
    return cores - pollingCores + Math.floorMod(key, pollingCores);
  }

  /** The CPUs that are free for pods, in order, and from the first again: number {@code index}. */
  public int freeCpu(int index) {
    int freeCores = cores - pollingCores;
    int place = index % (smt ? 2 * freeCores : freeCores);
    return place < freeCores ? place : place - freeCores + cores;
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
