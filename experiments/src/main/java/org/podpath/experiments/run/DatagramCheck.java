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
      if (job.job() instanceof Datagrams datagrams) {
        String path = "tenants." + job.tenant() + ".jobs." + job.position() + ".datagrams";
        checkHosts(path);
        boolean fits = checkSize(path, datagrams);
        if (fits
            && point.scenario().pendingReason(job.tenant(), job.position()).isEmpty()) {
          checkRate(path, datagrams, cluster.get());
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }

  private void checkHosts(String path) {
    if (!TransportCheck.passesKernelsBy(network)) {
      wrong(path, "datagrams: hosts of " + point.scenario().network().cni()
          + " would pay for each with CPU time, and only TCP has costs; write a cni out of "
          + TransportCheck.pastKernels(point) + ", or a stream");
    }
  }

  private boolean checkSize(String path, Datagrams datagrams) {
    int mostBytes = network.podMtuBytes() - HEADER_BYTES;
    if (datagrams.sizeBytes() > mostBytes) {
      wrong(path + ".size", "size: " + datagrams.sizeBytes() + " bytes do not fit a packet of "
          + network.podMtuBytes() + ", of which " + HEADER_BYTES
          + " are headers; write at most " + mostBytes + "B, or a larger cluster.mtu");
      return false;
    }
    return true;
  }

  /** Faster than its link a sender would only fill its own memory. */
  private void checkRate(String path, Datagrams datagrams, Cluster cluster) {
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

  /** What the user should know before believing the numbers. */
  List<String> notes() {
    boolean any =
        JobSpec.of(point.scenario()).stream().anyMatch(job -> job.job() instanceof Datagrams);
    return any && !network.isFree()
        ? List.of("datagrams cost the hosts of " + point.scenario().network().cni()
            + " no CPU time, as if their programs drove the network card themselves")
        : List.of();
  }

  private void wrong(String path, String what) {
    faults.add(point.where(path) + ": " + what);
  }
}
