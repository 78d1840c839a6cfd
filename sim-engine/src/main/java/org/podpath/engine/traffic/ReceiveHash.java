package org.podpath.engine.traffic;

import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.datapath.Network;

/**
 * What network cards spread frames over their receive queues by: the addresses and ports that the wire shows.
 * VXLAN and Geneve carry a hash of the flow in their UDP source port (RFC 7348 section 5); behind IP in IP all
 * flows of two hosts look the same.
 */
public final class ReceiveHash {
  private final Cluster cluster;
  private final boolean hidden;

  /** The hashes of frames on {@code network}. */
  public ReceiveHash(Cluster cluster, Network network) {
    this.cluster = cluster;
    hidden = network.cni().send().hidesFlows();
  }

  /**
   * Hash of the packets of one direction as the kernel finds it in the headers inside of tunnels (Linux,
   * net/core/flow_dissector.c).
   *
   * @param reverse whether they travel to the opener of the connection
   */
  public static int ofPackets(Connection connection, boolean reverse) {
    return connection.flowHash(reverse);
  }

  /**
   * Hash of the frames of one direction.
   *
   * @param reverse whether they travel to the opener of the connection
   */
  public int of(Connection connection, boolean reverse) {
    if (!hidden) {
      return connection.flowHash(reverse);
    }
    int opener = cluster.hostOf(connection.sourcePod()).id();
    int other = cluster.hostOf(connection.destinationPod()).id();
    return reverse ? Connection.hostsHash(other, opener) : Connection.hostsHash(opener, other);
  }
}
