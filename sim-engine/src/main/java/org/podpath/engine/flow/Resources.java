package org.podpath.engine.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.traffic.Flow;

/**
 * Numbers every CPU, link and embedded switch of a cluster, and the quota and virtual function of every
 * pod where they are limited: the resources that streams share.
 */
final class Resources {
  /** Not a resource. */
  static final int NONE = -1;

  private final int[] firstCpu;
  private final int firstLink;
  private final int firstHairpin;
  private final int firstQuota;
  private final Cluster cluster;
  private final int firstShare;
  private final int firstFunction;
  private final int count;
  /** Of each CPU: the shares of pods on it, where there are several. */
  private final int[][] sharesOn;
  /** Of a send thread, then of a read thread of each pod: its CPU where pods share it, or {@link #NONE}. */
  private final int[] cpuOfShare;
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
    firstShare = firstQuota + cluster.pods().size();
    firstFunction = firstShare + 2 * cluster.pods().size();
    count = firstFunction + cluster.pods().size();
    this.cluster = cluster;
    sharesOn = new int[firstLink][];
    cpuOfShare = new int[firstFunction - firstShare];
    findShares();
  }

  /** A pod whose two threads run on one CPU has one share of it. */
  private void findShares() {
    Arrays.fill(sharesOn, new int[] {});
    Arrays.fill(cpuOfShare, NONE);
    for (Pod pod : cluster.pods()) {
      Host host = cluster.hostOf(pod.id());
      int send = cpu(host, cluster.sendCpu(pod.id()));
      int read = cpu(host, cluster.receiveCpu(pod.id()));
      addShare(send, 2 * pod.id());
      if (read != send) {
        addShare(read, 2 * pod.id() + 1);
      }
    }
    for (int cpu = 0; cpu < sharesOn.length; cpu++) {
      for (int share : sharesOn[cpu]) {
        cpuOfShare[share - firstShare] = sharesOn[cpu].length > 1 ? cpu : NONE;
      }
    }
  }

  private void addShare(int cpu, int index) {
    sharesOn[cpu] = Arrays.copyOf(sharesOn[cpu], sharesOn[cpu].length + 1);
    sharesOn[cpu][sharesOn[cpu].length - 1] = firstShare + index;
  }

  /** The shares of pods on a CPU. */
  int[] sharesOn(int cpu) {
    return sharesOn[cpu];
  }

  /** The CPU that a resource is a share of; {@link #NONE} if it is none, or of a CPU to itself. */
  int cpuOfShare(int resource) {
    return resource < firstShare || resource >= firstFunction
        ? NONE
        : cpuOfShare[resource - firstShare];
  }

  /**
   * The share of a CPU that the demand of a thread of {@code pod} comes out of; {@link #NONE} where the
   * pod does not share that CPU, or no thread asks.
   */
  int share(Demand demand, int pod, boolean reads) {
    if (!(demand instanceof Demand.OnCpu cpu) || cpu.segment().core() != CoreRole.APP) {
      return NONE;
    }
    int own = podStandIn(pod);
    boolean second = reads && cluster.receiveCpu(own) != cluster.sendCpu(own);
    int share = firstShare + 2 * own + (second ? 1 : 0);
    return cpuOfShare(share) == NONE ? NONE : share;
  }

  /** What each has to give in a second: its time, or what a quota allows. */
  double[] capacities() {
    double[] seconds = new double[count];
    Arrays.fill(seconds, 1);
    for (int resource = firstQuota; resource < firstShare; resource++) {
      double cores = cluster.quotaCores(resource - firstQuota);
      seconds[resource] = cores == Tenant.NO_QUOTA ? 1 : cores;
    }
    return seconds;
  }

  /**
   * From now on what belongs to one of these hosts has the numbers of the one that stands for it; none
   * of them belongs to those that it was told of before.
   */
  void fold(AlikeHosts hosts) {
    alike = Optional.of(alike.map(before -> before.and(hosts)).orElse(hosts));
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

  /** The virtual function of a pod, where its rate is limited; {@link #NONE} if it is not. */
  int function(int pod) {
    return cluster.limit(pod).isEmpty() ? NONE : firstFunction + podStandIn(pod);
  }

  int count() {
    return count;
  }

  /** The first link, after all CPUs; the others follow by their numbers, then the embedded switches. */
  int firstLink() {
    return firstLink;
  }

  /** How many links and embedded switches there are. */
  int links() {
    return firstQuota - firstLink;
  }

  int cpu(Host host, int cpu) {
    return firstCpu[standIn(host.id())] + cpu;
  }

  /** The host of the CPU that has this number. */
  int hostOf(int cpu) {
    int at = Arrays.binarySearch(firstCpu, cpu);
    return at >= 0 ? at : -2 - at;
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

  /** What a resource is called in messages. */
  String name(int resource) {
    if (resource < firstLink) {
      Host host = cluster.topology().hosts().get(hostOf(resource));
      return "CPU " + (resource - firstCpu[host.id()]) + " of " + host.name();
    }
    if (resource < firstHairpin) {
      return "link " + cluster.topology().links().get(resource - firstLink).name();
    }
    if (resource < firstQuota) {
      return "link " + cluster.topology().hosts().get(resource - firstHairpin).hairpin().name();
    }
    if (resource < firstShare) {
      return "the quota of " + podName(resource - firstQuota);
    }
    return resource < firstFunction
        ? "the share of a CPU of " + podName((resource - firstShare) / 2)
        : "the virtual function of " + podName(resource - firstFunction);
  }

  private String podName(int pod) {
    return "pod '" + cluster.pods().get(pod).name() + "'";
  }

  /** What a flow is called in messages. */
  String name(Flow flow) {
    return "flow " + flow.id() + " from " + podName(flow.sourcePod()) + " to "
        + podName(flow.destinationPod());
  }

  int of(Demand demand) {
    return switch (demand) {
      case Demand.OnCpu onCpu -> cpu(onCpu.host(), onCpu.cpu());
      case Demand.OnLink onLink -> link(onLink.link());
      case Demand.OnFunction onFunction -> function(onFunction.pod());
    };
  }
}
