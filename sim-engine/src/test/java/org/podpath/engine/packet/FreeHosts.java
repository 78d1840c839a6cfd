package org.podpath.engine.packet;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Stack;
import org.podpath.engine.datapath.Stage;
import org.podpath.engine.datapath.Transport;

/** Hosts that cost nothing, and the networks between their pods. */
final class FreeHosts {
  /** IP 20, TCP 20, timestamps 12 (RFC 791, 9293, 7323). */
  static final int TCP_HEADER_BYTES = 52;
  /** A full frame at an MTU of 1,500 bytes, with preamble, gap, Ethernet header and checksum. */
  static final int FRAME_BYTES = 1500 + Network.ETHERNET_BYTES;
  /** Payload of a full TCP segment at that MTU. */
  static final int SEGMENT_BYTES = 1500 - TCP_HEADER_BYTES;

  private static final HostProfile PROFILE =
      new HostProfile("free", 1, 1, 0, 0, 0, 10_000_000_000L, 9000, 1, 10_000_000_000L, 0);

  private FreeHosts() {}

  static List<Host> hosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(id -> new Host(id, "host" + id, PROFILE, 1, false, Receive.POD_CORE, 1))
        .toList();
  }

  /** A flat network with an MTU of 1,500 bytes. */
  static Network network(Transport transport) {
    return network(transport, 1500, 0, 0);
  }

  /**
   * A network whose frames are as large as the wire takes.
   *
   * @param headerBytes of a tunnel, inside the MTU of the wire
   * @param tagBytes outside of it
   */
  static Network network(Transport transport, int wireMtuBytes, int headerBytes, int tagBytes) {
    Datapath send =
        Datapath.of(
            "pod to wire",
            new Stage.Wrap(Hook.TUNNEL, "headers", headerBytes, true, false),
            new Stage.Wrap(Hook.NIC, "tag", tagBytes, false, false));
    Datapath receive =
        Datapath.of(
            "wire to pod",
            new Stage.Wrap(Hook.NIC, "tag off", -tagBytes, false, false),
            new Stage.Wrap(Hook.TUNNEL, "headers off", -headerBytes, true, false));
    Cni cni = new Cni("free", Optional.empty(), send, receive);
    return new Network(cni, stack(), transport, wireMtuBytes - headerBytes, wireMtuBytes);
  }

  private static Stack stack() {
    Datapath nothing = Datapath.of("nothing");
    Datapath toReader =
        Datapath.of("to reader", new Stage.Handoff(Hook.SOCKET, "reader", CoreRole.APP));
    return new Stack(
        nothing, toReader, nothing, toReader, nothing, nothing, nothing, toReader, 1, 65_536,
        TCP_HEADER_BYTES);
  }
}
