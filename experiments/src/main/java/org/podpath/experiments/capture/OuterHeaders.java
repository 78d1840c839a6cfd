package org.podpath.experiments.capture;

import java.nio.ByteBuffer;
import java.util.List;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.results.SeenFrame;
import org.podpath.experiments.capture.Addressing.Mac;

/** The headers around a pod's packet: Ethernet and what the network's stages put there. */
final class OuterHeaders {
  /** Addresses 12, type 2 (IEEE 802.3). */
  private static final int ETHERNET_BYTES = 14;
  private static final short VLAN_TYPE = (short) 0x8100;
  private static final short BRIDGED_TYPE = 0x6558;

  private static final int VXLAN_PORT = 4789; // IANA
  private static final int VXLAN_HAS_NUMBER = 0x08000000;
  private static final int GENEVE_PORT = 6081; // IANA
  /** Two words of options follow, one of which its receiver has to understand (RFC 8926). */
  private static final short GENEVE_OPTIONS = 0x0240;
  /** Class of OVN, ports of its logical switch (ovn-architecture(7), "Tunnel Encapsulations"). */
  private static final int OVN_PORTS = 0x01028001;
  private static final short GRE_HAS_KEY = 0x2000;

  /** assumption: the one number that a cluster's own overlay has, as flannel's. */
  private static final int OVERLAY_NUMBER = 1;
  /** assumption: the provider numbers the networks of tenants from here; VLANs have 12 bits. */
  private static final int FIRST_TENANT_NUMBER = 100;
  private static final int TENANT_NUMBERS = 3_900;

  private final Cluster cluster;
  private final Addressing addressing;
  private final List<Layer> layers;
  private final Mac hosts;
  private final Mac outermost;

  /**
   * Those of {@code network}.
   *
   * @throws IllegalArgumentException if it adds headers that no capture can show
   */
  OuterHeaders(Cluster cluster, Network network) {
    this.cluster = cluster;
    addressing = new Addressing(cluster);
    layers = Layer.around(network);
    hosts = podsAreOnTheWire(network) ? Mac.POD : Mac.CARD;
    outermost = layers.stream().anyMatch(Layer::isProviders) ? Mac.PROVIDER : hosts;
  }

  /** Whether packets reach the card past the host's kernel, or its switching of MAC addresses. */
  private static boolean podsAreOnTheWire(Network network) {
    return network.cni()
        .send()
        .stages()
        .stream()
        .noneMatch(s -> s.hook().component() == Component.HOST_PATH && s.hook() != Hook.TUNNEL);
  }

  /** Their length. */
  int bytes() {
    return ETHERNET_BYTES + layers.stream().mapToInt(Layer::headerBytes).sum();
  }

  /** Whether an IP header stands in front of the pod's own. */
  boolean hideThePodsHeader() {
    return layers.stream().anyMatch(layer -> !layer.isTag());
  }

  /** The pod that {@code frame} comes from. */
  Pod source(SeenFrame frame) {
    return pod(frame, frame.reverse());
  }

  /** The pod that {@code frame} travels to. */
  Pod destination(SeenFrame frame) {
    return pod(frame, !frame.reverse());
  }

  private Pod pod(SeenFrame frame, boolean other) {
    int id = other ? frame.connection().destinationPod() : frame.connection().sourcePod();
    return cluster.pods().get(id);
  }

  /**
   * Writes them around all that is left of {@code out}.
   *
   * @param ecn what the pod says in its own header, and tunnels in theirs (RFC 6040)
   */
  void write(ByteBuffer out, SeenFrame frame, Ip.Ecn ecn) {
    writeMacs(out, outermost, frame);
    Ip.Ecn seen = frame.marked() ? Ip.Ecn.EXPERIENCED : ecn;
    for (Layer layer : layers) {
      if (layer.isTag()) {
        out.putShort(VLAN_TYPE).putShort((short) tenantNumber(frame));
      } else {
        out.putShort(Ip.ETHER_TYPE);
        writeTunnel(out, layer, frame, seen);
        seen = ecn; // a switch marks the outermost of them
      }
    }
    if (layers.isEmpty() || layers.getLast() != Layer.IPIP) {
      out.putShort(Ip.ETHER_TYPE);
    }
  }

  private void writeTunnel(ByteBuffer out, Layer layer, SeenFrame frame, Ip.Ecn ecn) {
    int port = Udp.portOf(frame.connection().flowHash(frame.reverse()));
    Pod source = source(frame);
    Pod destination = destination(frame);
    Ip.Addresses ends =
        layer.isProviders()
            ? addressing.providers(source, destination)
            : addressing.hosts(source, destination);
    int number = layer.isProviders() ? tenantNumber(frame) : OVERLAY_NUMBER;
    Ip.write(out, layer.protocol(), ecn, ends);
    switch (layer) {
      case PROVIDER_GRE -> out.putShort(GRE_HAS_KEY).putShort(BRIDGED_TYPE).putInt(number);
      case PROVIDER_VXLAN, VXLAN -> {
        Udp.writeHeader(out, port, VXLAN_PORT);
        out.putInt(VXLAN_HAS_NUMBER).putInt(number << 8);
      }
      case GENEVE -> {
        Udp.writeHeader(out, port, GENEVE_PORT);
        out.putShort(GENEVE_OPTIONS).putShort(BRIDGED_TYPE).putInt(number << 8);
        out.putInt(OVN_PORTS).putInt((1 + source.id()) << 16 | 1 + destination.id() & 0xffff);
      }
      case IPIP, TAG, PROVIDER_VLAN -> {} // no header of their own behind that of IP
    }
    if (layer != Layer.IPIP) {
      writeMacs(out, layer.isProviders() ? hosts : Mac.TUNNEL, frame);
    }
  }

  private void writeMacs(ByteBuffer out, Mac whose, SeenFrame frame) {
    addressing.writeMacs(out, whose, source(frame), destination(frame));
  }

  private int tenantNumber(SeenFrame frame) {
    return FIRST_TENANT_NUMBER + source(frame).tenant() % TENANT_NUMBERS;
  }
}
