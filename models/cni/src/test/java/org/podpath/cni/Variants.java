package org.podpath.cni;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;

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
      return network.network(
          kernel(), new NetworkOptions(encapsulation, services, policies, everyPacketWalks));
    }

    /** The same on every provider's network that can carry it. */
    List<Cni> underlays() {
      boolean kernelPassed = plain().sameHost().isPresent();
      return Stream.of(Underlay.values())
          .filter(underlay -> kernelPassed || underlay.headerBytes() == 0)
          .map(underlay -> underlay.carrying(plain(), kernel()))
          .toList();
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
