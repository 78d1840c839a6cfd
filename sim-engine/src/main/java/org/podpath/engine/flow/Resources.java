package org.podpath.engine.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Uncontended.Demand;

/**
 * Numbers every CPU, link and embedded switch of a cluster, and the quota of every pod that has one:
 * the resources that streams share.
 */
final class Resources {
  /** Not a resource. */
  static final int NONE = -1;

  private final int[] firstCpu;
  private final int firstLink;
  private final int firstHairpin;
  private final int firstQuota;
  private final Cluster cluster;
  private final int count;
  private Optional<AlikeHosts> alike = Optional.empty();

  Resources(Cluster cluster) {
    List<Host> hosts = cluster.topology().hosts();
    firstCpu = new int[hosts.size()];
    int next = 0;
    for (Host host : hosts) {
      firstCpu[host.id()] = next;
      next += host.cpus();
    }
    firstLink = next;
    firstHairpin = firstLink + cluster.topology().links().size();
    firstQuota = firstHairpin + hosts.size();
    count = firstQuota + cluster.pods().size();
    this.cluster = cluster;
  }

  /** What each has to give in a second: the time of a CPU or a link, or what a quota allows. */
  double[] capacities() {
    double[] seconds = new double[count];
    Arrays.fill(seconds, 1);
    for (int resource = firstQuota; resource < count; resource++) {
      double cores = cluster.quotaCores(resource - firstQuota);
      seconds[resource] = cores == Tenant.NO_QUOTA ? 1 : cores;
    }
    return seconds;
  }

  /** From now on what belongs to one of these hosts has the numbers of the one that stands for it. */
  void fold(AlikeHosts hosts) {
    alike = Optional.of(hosts);
  }

  /** Whether one host stands for all. */
  boolean isFolded() {
    return alike.isPresent();
  }

  /** The quota of a pod; {@link #NONE} if it has none. */
  int quota(int pod) {
    int own = podStandIn(pod);
    return cluster.quotaCores(own) == Tenant.NO_QUOTA ? NONE : firstQuota + own;
  }

  /** The quota of {@code pod} if the demand is one of its threads; {@link #NONE} if not. */
  int quota(Demand demand, int pod) {
    return demand instanceof Demand.OnCpu cpu && cpu.segment().core() == CoreRole.APP
        ? quota(pod)
        : NONE;
  }

  int count() {
    return count;
  }

  /** The first link; the others follow by their numbers, then the embedded switches. */
  int firstLink() {
    return firstLink;
  }

  int cpu(Host host, int cpu) {
    return firstCpu[standIn(host.id())] + cpu;
  }

  int link(Link link) {
    if (link.id() < 0) {
      return firstHairpin + standIn(-1 - link.id());
    }
    return firstLink + (alike.isPresent() ? alike.get().link(link.id()) : link.id());
  }

  /** The pod that stands for {@code pod}. */
  int podStandIn(int pod) {
    return alike.isPresent() ? alike.get().pod(pod) : pod;
  }

  private int standIn(int host) {
    return alike.isPresent() ? alike.get().host(host) : host;
  }

  int of(Demand demand) {
    return switch (demand) {
      case Demand.OnCpu onCpu -> cpu(onCpu.host(), onCpu.cpu());
      case Demand.OnLink onLink -> link(onLink.link());
    };
  }
}
