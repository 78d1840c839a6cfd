package org.podpath.engine.packet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Switch;
import org.podpath.engine.datapath.Network;

/** The ports of a fabric, made when they are first used, and the ways of channels over them. */
final class Ways {
  /** assumption: a cut-through switch forwards when 64 bytes are in. */
  private static final long CUT_THROUGH_BYTES = 64;

  private static final int FEW_HOPS = 8;

  private final PacketEngine engine;
  private final Cluster cluster;
  private final Port[] ports;
  private final Port[] hairpins;
  private final SharedBuffer[] buffers;
  private final List<Port> made = new ArrayList<>();
  private Port[] hops = new Port[FEW_HOPS * 16];
  private int stride = FEW_HOPS;

  Ways(PacketEngine engine) {
    this.engine = engine;
    cluster = engine.cluster;
    ports = new Port[cluster.topology().links().size()];
    hairpins = new Port[cluster.topology().hosts().size()];
    buffers = new SharedBuffer[cluster.topology().switches().size()];
  }

  /**
   * Lays the way of one direction of a channel.
   *
   * @return its first port
   */
  Port lay(int direction, List<Link> links) {
    if (links.size() > Frame.MOST_HOPS) {
      throw new IllegalStateException(
          "a way over " + links.size() + " links, from " + links.getFirst().name()
              + "; at most " + Frame.MOST_HOPS + " are possible");
    }
    if (links.size() >= stride) {
      widen();
    }
    int at = direction * stride;
    if (at + stride > hops.length) {
      hops = Arrays.copyOf(hops, Math.max(2 * hops.length, at + stride));
    }
    for (Link link : links) {
      hops[at++] = port(link);
    }
    return port(links.getFirst());
  }

  /** The port after so many hops; null at the end of the way. */
  Port hop(int direction, int hop) {
    return hops[direction * stride + hop];
  }

  private void widen() {
    Port[] wider = new Port[2 * hops.length];
    for (int from = 0, to = 0; from < hops.length; from += stride, to += 2 * stride) {
      System.arraycopy(hops, from, wider, to, stride);
    }
    hops = wider;
    stride *= 2;
  }

  /** Every port that has been used, in the order of first use. */
  List<Port> made() {
    return made;
  }

  /** The port that feeds the link with this id. */
  Port port(int link) {
    return ports[link];
  }

  Port port(Link link) {
    Port[] known = link.id() < 0 ? hairpins : ports;
    int index = link.id() < 0 ? -1 - link.id() : link.id();
    if (known[index] == null) {
      known[index] = make(link);
      made.add(known[index]);
    }
    return known[index];
  }

  private Port make(Link link) {
    Network network = engine.network;
    Switch at = cluster.topology().switchAt(link.from());
    Switch next = cluster.topology().switchAt(link.to());
    PortQueues own = at == null ? PortQueues.ENDLESS : at.queues();
    long extraPs =
        (at == null ? network.cni().send().delayPs() : 0)
            + (next == null ? network.cni().receive().delayPs() : 0);
    long headBytes = next != null && next.queues().cutThrough() ? CUT_THROUGH_BYTES : 0;
    int mostWireBytes =
        link.mtuBytes() + Network.ETHERNET_BYTES + network.cni().send().tagBytes();
    PortPlan plan = new PortPlan(link, extraPs, headBytes, mostWireBytes, own);
    Marker marker =
        own.marking()
            .map(marking -> new Marker(marking, engine.simulator.random("marks/" + link.name())))
            .orElse(null);
    SharedBuffer shared = own.sharing().isPresent() ? buffer(at) : null;
    boolean canBePaused = next != null && next.queues().pause().isPresent();
    Port port =
        own.departureIsKnownAtArrival() && !canBePaused
            ? new FifoPort(engine, plan, marker, shared)
            : new ClassedPort(engine, plan, marker, shared);
    Optional.ofNullable(shared).ifPresent(buffer -> buffer.join(port));
    return port;
  }

  private SharedBuffer buffer(Switch at) {
    if (buffers[at.id()] == null) {
      buffers[at.id()] =
          new SharedBuffer(
              at.queues().bufferBytes(), at.queues().sharing().orElseThrow().alphaRatio());
    }
    return buffers[at.id()];
  }
}
