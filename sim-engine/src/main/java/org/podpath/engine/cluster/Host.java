package org.podpath.engine.cluster;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A machine with cores and network cards.
 *
 * @param id position in {@link Topology#hosts()}
 * @param cores physical cores
 * @param smt whether every core has two threads; CPUs i and i + cores are siblings then
 * @param queueCpus CPUs that the receive queues of each network card interrupt, in order, used by {@link
 *     Receive#RSS}; one that is named twice serves two queues
 * @param datapathCores the last of its cores, which are its datapath's: they poll, or run the vhost
 *     threads of its guest, and nothing else
 * @param numaNodes memory nodes, each with an equal part of the cores; network cards are on the first
 * @param steeredCpus CPUs to which the kernel steers what polls have joined, by the flow's hash (receive
 *     packet steering); empty: it stays on the CPU that polled
 * @param copyRatio how many times as long copies take where programs crowd the last-level cache, 1 or
 *     more
 */
public record Host(
    int id,
    String name,
    HostProfile profile,
    int cores,
    boolean smt,
    Receive receive,
    List<Integer> queueCpus,
    int datapathCores,
    int numaNodes,
    List<Integer> steeredCpus,
    double copyRatio) {
  public Host {
    queueCpus = List.copyOf(queueCpus);
    steeredCpus = List.copyOf(steeredCpus);
    if (cores <= 0) {
      throw new IllegalArgumentException(name + " has no core: " + cores);
    }
    if (datapathCores < 0 || datapathCores >= cores) {
      throw new IllegalArgumentException(
          name + " has " + cores + " cores, of which " + datapathCores
              + " cannot be its datapath's");
    }
    if (numaNodes <= 0 || cores % numaNodes != 0) {
      throw new IllegalArgumentException(
          name + " has " + cores + " cores, which " + numaNodes
              + " memory nodes cannot share equally");
    }
    if (queueCpus.isEmpty()) {
      throw new IllegalArgumentException(name + " has no receive queue");
    }
    if (!(copyRatio >= 1)) {
      throw new IllegalArgumentException(name + " copies in " + copyRatio + " times the time");
    }
    for (int cpu : queueCpus) {
      if (!isFree(cpu, cores, smt, datapathCores)) {
        throw new IllegalArgumentException(
            name + " has a receive queue that interrupts CPU " + cpu
                + ", which is not free for that");
      }
    }
    for (int cpu : steeredCpus) {
      if (!isFree(cpu, cores, smt, datapathCores)) {
        throw new IllegalArgumentException(
            name + " steers packets to CPU " + cpu + ", which is not free for that");
      }
    }
  }

  private static boolean isFree(int cpu, int cores, boolean smt, int datapathCores) {
    return cpu >= 0
        && cpu < (smt ? 2 * cores : cores)
        && cpu % cores < cores - datapathCores;
  }

  /** A machine whose last-level cache has room for all. */
  public Host(
      int id,
      String name,
      HostProfile profile,
      int cores,
      boolean smt,
      Receive receive,
      List<Integer> queueCpus,
      int datapathCores,
      int numaNodes,
      List<Integer> steeredCpus) {
    this(
        id, name, profile, cores, smt, receive, queueCpus, datapathCores, numaNodes,
        steeredCpus, 1);
  }

  /** A machine whose packets stay on the CPUs that polled them. */
  public Host(
      int id,
      String name,
      HostProfile profile,
      int cores,
      boolean smt,
      Receive receive,
      List<Integer> queueCpus,
      int datapathCores,
      int numaNodes) {
    this(
        id, name, profile, cores, smt, receive, queueCpus, datapathCores, numaNodes, List.of());
  }

  /** A machine whose receive queue i interrupts CPU i. */
  public Host(
      int id,
      String name,
      HostProfile profile,
      int cores,
      boolean smt,
      Receive receive,
      int receiveQueues,
      int datapathCores) {
    this(
        id, name, profile, cores, smt, receive,
        IntStream.range(0, receiveQueues).boxed().toList(), datapathCores, 1);
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

  /**
   * Whether {@code cpu} reaches the memory of the network cards through another node. Cores of the datapath
   * are taken to be where the cards are.
   */
  public boolean isRemote(int cpu) {
    return numaNodes > 1 && cpu % cores >= cores / numaNodes && !isOfDatapath(cpu);
  }

  /**
   * The CPU to which packets of a flow are steered: the hash, which is 32 bits, scaled to their number
   * (Linux, net/core/dev.c, get_rps_cpu, reciprocal_scale).
   *
   * @throws IndexOutOfBoundsException if packets are not steered
   */
  public int steeredCpu(int flowHash) {
    long scaled = Integer.toUnsignedLong(flowHash) * steeredCpus.size();
    return steeredCpus.get((int) (scaled >>> Integer.SIZE));
  }

  /** Logical CPUs: threads of all cores. */
  public int cpus() {
    return smt ? 2 * cores : cores;
  }

  /** Whether {@code cpu} is of a core of the datapath: with SMT the sibling of one that is stays idle. */
  public boolean isOfDatapath(int cpu) {
    return cpu % cores >= cores - datapathCores;
  }

  /**
   * One of the CPUs of the datapath.
   *
   * @param key chooses, in turn
   * @throws ArithmeticException if it has none
   */
  public int datapathCpu(int key) {
    return cores - datapathCores + Math.floorMod(key, datapathCores);
  }

  /** The CPUs that are free for pods, in order, and from the first again: number {@code index}. */
  public int freeCpu(int index) {
    int freeCores = cores - datapathCores;
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
