package org.podpath.experiments.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Kernel;
import org.podpath.cni.NetworkOptions;
import org.podpath.cni.Profiles;
import org.podpath.cni.Underlay;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Network;

/**
 * Two hosts on a switch with a pod of tenant blue each and, for every network there is, frames; but for
 * those of sleeve, which Wireshark does not know and no capture shows.
 */
final class TwoHosts {
  static final Cluster CLUSTER = cluster();

  private TwoHosts() {}

  /** A network with one of its encapsulations on a provider's network that can carry it. */
  record Wrapped(CniCatalog entry, Encapsulation encapsulation, Underlay underlay) {

    /**
     * The provider's tunnels need the host's kernel, a VLAN that, the tag of a function or a switch that
     * polls.
     */
    private boolean isPossible() {
      Cni plain = entry.plain(new Kernel(Profiles.of("ref")));
      boolean polls = plain.polls();
      boolean inKernel = !polls && plain.interrupts() && entry != CniCatalog.SRIOV;
      return inKernel
          || underlay.headerBytes() == 0
          || underlay == Underlay.VLAN && (polls || entry == CniCatalog.SRIOV);
    }

    Network network(int wireMtuBytes) {
      Kernel kernel = new Kernel(Profiles.of("ref"));
      Cni own = entry.network(kernel, NetworkOptions.plain(encapsulation));
      Cni cni = underlay.carrying(own, kernel);
      return new Network(
          cni, entry.stack(kernel), wireMtuBytes - cni.send().headerBytes(), wireMtuBytes);
    }
  }

  static Stream<Wrapped> all() {
    List<Wrapped> all = new ArrayList<>();
    for (CniCatalog entry : CniCatalog.values()) {
      for (Encapsulation encapsulation : entry.encapsulations()) {
        for (Underlay underlay : Underlay.values()) {
          Wrapped wrapped = new Wrapped(entry, encapsulation, underlay);
          if (wrapped.isPossible() && encapsulation != Encapsulation.SLEEVE) {
            all.add(wrapped);
          }
        }
      }
    }
    return all.stream();
  }

  private static Cluster cluster() {
    List<Host> hosts = List.of(host(0), host(1));
    Topology topology = Topology.oneSwitch(hosts, 10_000_000_000L, 250_000, 500_000);
    List<Pod> pods =
        List.of(new Pod(0, "client", 0, 0, 0, 1, 0), new Pod(1, "server", 1, 0, 0, 1, 0));
    return new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
  }

  private static Host host(int id) {
    return new Host(id, "host" + id, Profiles.of("ref"), 2, false, Receive.POD_CORE, 1);
  }
}
