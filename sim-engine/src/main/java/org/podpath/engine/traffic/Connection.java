package org.podpath.engine.traffic;

/**
 * Who talks to whom: what receive queues hash and conntrack sees. Both directions belong to it.
 *
 * @param id counted from 0 within a run
 * @param sourcePod the pod that opened it
 */
public record Connection(
    int id, int sourcePod, int destinationPod, Protocol protocol, int sourcePort,
    int destinationPort) {
  public Connection {
    if (id < 0 || sourcePod == destinationPod) {
      throw new IllegalArgumentException(
          "connection " + id + " from pod " + sourcePod + " to pod " + destinationPod
              + " leads nowhere");
    }
  }

  /**
   * Hash of the packets of one direction, as a network card spreads them over its receive queues:
   * of addresses and ports, so the two directions differ. Finaliser of MurmurHash3 (A. Appleby)
   * over the packed tuple.
   *
   * @param reverse whether the packets travel from the destination to the source
   */
  public int flowHash(boolean reverse) {
    long from = reverse ? pack(destinationPod, destinationPort) : pack(sourcePod, sourcePort);
    long to = reverse ? pack(sourcePod, sourcePort) : pack(destinationPod, destinationPort);
    return (int) (mix(mix(from + protocol.number()) ^ to) >>> 32);
  }

  /** Hash of the addresses of two hosts alone. */
  static int hostsHash(int fromHost, int toHost) {
    return (int) (mix(mix(pack(fromHost, 0)) ^ pack(toHost, 0)) >>> 32);
  }

  private static long pack(int pod, int port) {
    return (long) pod << 16 | port;
  }

  private static long mix(long bits) {
    long k = bits;
    k = (k ^ k >>> 33) * 0xff51afd7ed558ccdL;
    k = (k ^ k >>> 33) * 0xc4ceb9fe1a85ec53L;
    return k ^ k >>> 33;
  }
}
