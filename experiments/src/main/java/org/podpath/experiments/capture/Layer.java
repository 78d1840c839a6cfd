package org.podpath.experiments.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Underlay;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Stage;

/** Headers around a pod's packet, called as the stage that puts them there. */
enum Layer {
  /** The tag of a network card's function. */
  TAG("VLAN tag", 4),
  PROVIDER_VLAN(Underlay.VLAN),
  PROVIDER_GRE(Underlay.GRE),
  PROVIDER_VXLAN(Underlay.VXLAN),
  VXLAN(Encapsulation.VXLAN),
  GENEVE(Encapsulation.GENEVE),
  IPIP(Encapsulation.IPIP);

  private final String stage;
  private final int headerBytes;

  Layer(String stage, int headerBytes) {
    this.stage = stage;
    this.headerBytes = headerBytes;
  }

  Layer(Underlay underlay) {
    this(underlay.headersInWords(), underlay.headerBytes());
  }

  Layer(Encapsulation encapsulation) {
    this(encapsulation.inWords() + " headers", encapsulation.headerBytes());
  }

  int headerBytes() {
    return headerBytes;
  }

  /** Whether the provider's hosts and not the cluster's are at its ends. */
  boolean isProviders() {
    return this == PROVIDER_GRE || this == PROVIDER_VXLAN;
  }

  /** Whether it is no more than a tag in the Ethernet header. */
  boolean isTag() {
    return this == TAG || this == PROVIDER_VLAN;
  }

  /** What it is called in the IP header that it begins with; a tag has none. */
  int protocol() {
    return switch (this) {
      case PROVIDER_GRE -> Ip.GRE;
      case IPIP -> Ip.IN_IP;
      case PROVIDER_VXLAN, VXLAN, GENEVE -> Ip.UDP;
      case TAG, PROVIDER_VLAN -> throw new IllegalStateException(this + " has no IP header");
    };
  }

  /**
   * What {@code network} puts around packets, outermost first.
   *
   * @throws IllegalArgumentException if it adds headers that are not known here
   */
  static List<Layer> around(Network network) {
    List<Layer> layers = new ArrayList<>();
    for (Stage stage : network.cni().send().stages()) {
      if (stage instanceof Stage.Wrap wrap && wrap.headerBytes() != 0) {
        layers.addFirst(of(wrap, network.cni().name()));
      }
    }
    return List.copyOf(layers);
  }

  private static Layer of(Stage.Wrap wrap, String network) {
    return Arrays.stream(values())
        .filter(layer -> layer.stage.equals(wrap.name()))
        .filter(layer -> layer.headerBytes == wrap.headerBytes())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "no capture can show the '" + wrap.name() + "' of " + network
                    + "; write another network, or leave 'capture' out"));
  }
}
