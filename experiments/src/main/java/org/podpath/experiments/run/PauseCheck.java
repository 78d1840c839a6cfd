package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Pause;
import org.podpath.engine.cluster.Switch;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.FabricSpec;
import org.podpath.experiments.scenario.Point;
import org.podpath.experiments.scenario.Ports;

/**
 * Whether switches that pause their senders have room for what still comes: a headroom that holds it,
 * and a buffer that holds threshold and headroom of every class of traffic.
 */
final class PauseCheck {
  private final Point point;
  private final Network network;

  PauseCheck(Point point, Network network) {
    this.point = point;
    this.network = network;
  }

  /**
   * What is wrong, of the worst link of each kind.
   *
   * @param cluster asked only where a switch pauses
   */
  List<String> faults(Supplier<Cluster> cluster) {
    Ports usual = point.scenario().cluster().ports();
    boolean drawn = point.scenario().cluster().fabric() instanceof FabricSpec.File;
    if (usual.pause().isEmpty() && !drawn) {
      return List.of();
    }
    try {
      return faults(cluster.get(), usual);
    } catch (WrongInput drawing) {
      return List.of(); // told by whoever draws
    }
  }

  private List<String> faults(Cluster cluster, Ports usual) {
    int classes =
        (int) cluster.pods()
            .stream()
            .map(pod -> cluster.tenants().get(pod.tenant()).trafficClass())
            .distinct()
            .count();
    List<String> faults = new ArrayList<>();
    Worst tight = new Worst();
    Worst small = new Worst();
    for (Link link : cluster.topology().links()) {
      Switch at = cluster.topology().switchAt(link.to());
      Optional<Pause> pause = at == null ? Optional.empty() : at.queues().pause();
      if (pause.isPresent()) {
        boolean fromHost = cluster.topology().switchAt(link.from()) == null;
        long lateByPs = fromHost ? network.cni().send().delayPs() : 0;
        long comingBytes = Pause.comingBytes(link, lateByPs, network.mostFrameBytes());
        long headroomBytes = pause.get().headroomBytes(link, lateByPs, network.mostFrameBytes());
        tight.look(link, at, comingBytes, comingBytes - headroomBytes);
        long neededBytes = classes * (pause.get().pauseBytes() + headroomBytes);
        small.look(link, at, neededBytes, neededBytes - at.queues().bufferBytes());
      }
    }
    tight.told()
        .ifPresent(
            worst -> faults.add(
                where(worst, usual, "pause.headroom", "headroom: "
                    + worst.at.queues().pause().orElseThrow().headroomBytes()
                    + " bytes do not hold the " + worst.bytes + " that may still come over "
                    + speed(worst.link) + " when its sender is told to wait; write at least "
                    + worst.bytes + "B, or leave headroom out")));
    small.told()
        .ifPresent(
            worst -> faults.add(
                where(worst, usual, "buffer", "buffer: " + worst.at.queues().bufferBytes()
                    + " bytes are the part of each link, and " + speed(worst.link) + " needs "
                    + worst.bytes + ", from and headroom of pause"
                    + (classes == 1 ? "" : " for each of " + classes + " classes of traffic")
                    + "; write at least " + worst.bytes + "B")));
    return faults;
  }

  private static String speed(Link link) {
    return String.format(
        Locale.ROOT, "%s (%.4g Gb/s, %.4g us)", link.name(), link.bitsPerSecond() * 1e-9,
        link.delayPs() * 1e-6);
  }

  /** Ports of a switch of its own stand in the drawing; those of all others in the scenario. */
  private String where(Worst worst, Ports usual, String path, String what) {
    PortQueues own = worst.at.queues();
    return own.equals(usual.queues())
        ? point.where("cluster.ports." + path) + ": " + what
        : point.where("cluster.fabric.file") + ": ports of " + worst.at.name() + ": " + what;
  }

  /** The link that lacks most. */
  private static final class Worst {
    private Link link;
    private Switch at;
    private long bytes;
    private long lacksBytes;

    void look(Link other, Switch there, long neededBytes, long lacks) {
      if (lacks > lacksBytes) {
        link = other;
        at = there;
        bytes = neededBytes;
        lacksBytes = lacks;
      }
    }

    Optional<Worst> told() {
      return link == null ? Optional.empty() : Optional.of(this);
    }
  }
}
