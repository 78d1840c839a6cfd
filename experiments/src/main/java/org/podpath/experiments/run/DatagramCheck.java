package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.units.Quantity;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Datagrams;
import org.podpath.experiments.scenario.Job;
import org.podpath.experiments.scenario.Point;

/** What must hold between the datagrams of a point and its packets, hosts and links. */
final class DatagramCheck {
  /** IP 20 and UDP 8 (RFC 791, 768). */
  private static final int HEADER_BYTES = 28;
  private static final long MEGABIT = 1_000_000;

  private final Point point;
  private final Network network;
  private final List<String> faults = new ArrayList<>();

  DatagramCheck(Point point, Network network) {
    this.point = point;
    this.network = network;
  }

  /**
   * Looks at everything.
   *
   * @param cluster asked only where there are datagrams
   * @throws WrongInput with what is wrong
   */
  void check(Supplier<Cluster> cluster) {
    for (JobSpec job : JobSpec.of(point.scenario())) {
      if (network.cni().receive().ends() && !(job.job() instanceof Datagrams)) {
        wrong("tenants." + job.tenant() + ".jobs." + job.position(),
            "nothing arrives over a path that ends on its way; write datagrams");
        continue;
      }
      boolean udp =
          job.job() instanceof Datagrams
              || job.job() instanceof Job.RequestResponse loop
                  && loop.protocol() == Job.Carried.UDP;
      if (udp && TransportCheck.hasVerbsAlone(point)) {
        wrong("tenants." + job.tenant() + ".jobs." + job.position(),
            "UDP needs a kernel, and pods of " + point.scenario().network().name()
                + " have the card alone; write another job, or another cni");
        continue;
      }
      if (job.job() instanceof Datagrams datagrams) {
        String path = "tenants." + job.tenant() + ".jobs." + job.position() + ".datagrams";
        boolean fits = checkSize(path + ".size", "size", datagrams.sizeBytes());
        if (fits
            && network.isFree()
            && point.scenario().pendingReason(job.tenant(), job.position()).isEmpty()) {
          checkRate(path, datagrams, cluster.get());
        }
      } else if (job.job() instanceof Job.RequestResponse loop
          && loop.protocol() == Job.Carried.UDP) {
        String path = "tenants." + job.tenant() + ".jobs." + job.position();
        checkSize(path + ".request-response.bytes", "bytes", loop.bytes());
      }
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }

  private boolean checkSize(String path, String key, long bytes) {
    int mostBytes = network.podMtuBytes() - HEADER_BYTES;
    if (bytes > mostBytes) {
      wrong(path, key + ": " + bytes + " bytes do not fit a packet of "
          + network.podMtuBytes() + ", of which " + HEADER_BYTES
          + " are headers; write at most " + mostBytes + "B, or a larger cluster.mtu");
      return false;
    }
    return true;
  }

  /** Pods without hosts have nothing that slows them, not even a full card. */
  private void checkRate(String path, Datagrams datagrams, Cluster cluster) {
    if (!datagrams.paced()) {
      wrong(path, "datagrams: neither rate nor packets, and without hosts nothing else limits the"
          + " sender; write one of the two");
      return;
    }
    Link link = firstLink(datagrams, cluster);
    double share =
        datagrams.sizeBytes()
            / (double) (datagrams.sizeBytes() + network.datagramOverheadBytes());
    double most = link.bitsPerSecond() * share;
    if (datagrams.payloadBitsPerSecond() > most) {
      String key = datagrams.rateBitsPerSecond().isPresent() ? "rate" : "packets";
      String fitting =
          datagrams.rateBitsPerSecond().isPresent()
              ? Quantity.RATE.format((long) most / MEGABIT * MEGABIT)
              : (long) (most / 8 / datagrams.sizeBytes()) + "/s";
      wrong(path + "." + key, key + ": more than " + link.name() + " takes of such datagrams at "
          + Quantity.RATE.format(link.bitsPerSecond()) + "; write at most " + fitting);
    }
  }

  private static Link firstLink(Datagrams datagrams, Cluster cluster) {
    Pod from = pod(datagrams.from(), cluster);
    if (from.host() == pod(datagrams.to(), cluster).host()) {
      return cluster.hostOf(from.id()).hairpin();
    }
    int card = cluster.topology().card(from);
    return cluster.topology()
        .links()
        .stream()
        .filter(l -> l.from() == card)
        .findFirst()
        .orElseThrow();
  }

  private static Pod pod(String name, Cluster cluster) {
    return cluster.pods().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private void wrong(String path, String what) {
    faults.add(point.where(path) + ": " + what);
  }
}
