package org.podpath.cni;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Lookup;

/** Everything of the catalogue that a rule over all networks has to hold for. */
final class Variants {
  private Variants() {}

  /** A network on a profile with one of its encapsulations. */
  record Variant(CniCatalog network, String profile, Encapsulation encapsulation) {

    Kernel kernel() {
      return new Kernel(Profiles.of(profile));
    }

    Cni plain() {
      return with(0, 0, false);
    }

    Cni with(int services, int policies, boolean everyPacketWalks) {
      return with(
          new NodeRules(0, 0, services, 1, policies, ServiceProxy.IPTABLES, everyPacketWalks));
    }

    Cni with(NodeRules rules) {
      return network.network(kernel(), new NetworkOptions(encapsulation, rules));
    }

    Cni with(NodeRules rules, Lookup.Connections connections) {
      return network.network(kernel(), new NetworkOptions(encapsulation, rules, connections));
    }

    /** With so many pods on its node, and ten times as many in the cluster. */
    Cni withPods(int pods) {
      return with(new NodeRules(pods, 10 * pods, 0, 1, 0, ServiceProxy.IPTABLES, false));
    }

    /** The same on every provider's network that can carry it. */
    List<Cni> underlays() {
      return Stream.of(Underlay.values())
          .filter(this::carriedBy)
          .map(underlay -> underlay.carrying(plain(), kernel()))
          .toList();
    }

    /** Only kernels wrap a tunnel around packets; a switch that polls can tag frames. */
    private boolean carriedBy(Underlay underlay) {
      boolean tagged = underlay.headerBytes() == 0 || !underlay.insideMtu();
      return plain().interrupts() && plain().sameHost().isPresent() && !plain().polls()
          || underlay.headerBytes() == 0
          || plain().polls() && tagged;
    }

    @Override
    public String toString() {
      return network.id() + " on " + profile + " with " + encapsulation.inWords();
    }
  }

  /** Every network on every profile with every encapsulation that it supports. */
  static Stream<Variant> all() {
    List<Variant> variants = new ArrayList<>();
    for (CniCatalog network : CniCatalog.values()) {
      for (String profile : Profiles.names()) {
        for (Encapsulation encapsulation : network.encapsulations()) {
          variants.add(new Variant(network, profile, encapsulation));
        }
      }
    }
    return variants.stream();
  }

  /** The ways of a network that it has. */
  static List<Datapath> ways(Cni cni) {
    List<Datapath> ways = new ArrayList<>(List.of(cni.send(), cni.receive()));
    cni.sameHost().ifPresent(ways::add);
    return ways;
  }
}
