package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Kernel;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.EngineKind;
import org.podpath.experiments.scenario.Job;
import org.podpath.experiments.scenario.Point;

/** What must hold between the transport of a point and its packets, hosts and ports. */
final class TransportCheck {
  private final Point point;
  private final Network network;
  private final Transport transport;

  TransportCheck(Point point, Network network) {
    this.point = point;
    this.network = network;
    transport = network.transport();
  }

  /**
   * Looks at everything.
   *
   * @throws WrongInput with what is wrong
   */
  void check() {
    List<String> faults = new ArrayList<>();
    if (transport.windowBytes() < network.segmentBytes()) {
      faults.add(
          point.where(point.scenario().network().transport().windowPath()) + ": window: "
              + transport.windowBytes() + " bytes hold no full segment, which has "
              + network.segmentBytes() + "; write at least " + network.segmentBytes() + "B");
    }
    if (transport instanceof Transport.Roce && !passesKernelsBy(network)) {
      faults.add(
          point.where("network.transport") + ": transport: frames of roce pass the host's kernel"
              + " by, where " + point.scenario().network().name()
              + " would handle them; write cubic"
              + ", reno or dctcp, or a cni out of " + pastKernels(point));
    }
    if (transport instanceof Transport.Tcp && hasVerbsAlone(point)) {
      faults.add(
          point.where("network.transport") + ": transport: " + nameOf(transport)
              + " needs a kernel, and pods of " + point.scenario().network().name()
              + " have the card alone; write roce, or another cni");
    }
    if (transport instanceof Transport.Roce) {
      checkConnections(faults);
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }

  /** Queue pairs are set up by other means, and long before. */
  private void checkConnections(List<String> faults) {
    for (JobSpec job : JobSpec.of(point.scenario())) {
      if (job.job() instanceof Job.RequestResponse loop && loop.connect()) {
        String path = "tenants." + job.tenant() + ".jobs." + job.position();
        faults.add(
            point.where(path + ".request-response.connect") + ": connect: roce has no handshake"
                + " that a request could wait for; leave it out, or write another transport");
      }
    }
  }

  /** Whether pods of the point have no way for TCP and UDP. */
  static boolean hasVerbsAlone(Point point) {
    return point.scenario()
        .network()
        .cni()
        .map(id -> CniCatalog.of(id).hasVerbsAlone())
        .orElse(false);
  }

  /** Whether pods hold a part of the network card, or are on the wire themselves. */
  static boolean passesKernelsBy(Network network) {
    return passKernelsBy(network.cni());
  }

  private static boolean passKernelsBy(Cni cni) {
    return cni.sameHost().isEmpty() || !cni.interrupts();
  }

  /** Names of the networks for which that holds. */
  static List<String> pastKernels(Point point) {
    Kernel kernel = new Kernel(Profiles.of(point.scenario().cluster().profile()));
    return Arrays.stream(CniCatalog.values())
        .filter(entry -> passKernelsBy(entry.plain(kernel)))
        .map(CniCatalog::id)
        .toList();
  }

  /** What the user should know before believing the numbers. */
  List<String> notes(Topology topology) {
    String name = nameOf(transport);
    if (point.scenario().engine() == EngineKind.FLOW) {
      return name.equals("cubic")
          ? List.of()
          : List.of("the flow engine knows neither losses nor marks: of transport " + name
              + " it reads the window alone");
    }
    boolean marked =
        topology.switches().stream().anyMatch(s -> s.queues().marking().isPresent());
    return transport.markable() && !marked
        ? List.of("no port marks packets, so " + name + " never hears of a queue; write"
            + " cluster.ports.ecn")
        : List.of();
  }

  private static String nameOf(Transport transport) {
    return switch (transport) {
      case Transport.Tcp tcp -> Wiring.lowerCase(tcp.control());
      case Transport.Roce roce -> "roce";
    };
  }
}
