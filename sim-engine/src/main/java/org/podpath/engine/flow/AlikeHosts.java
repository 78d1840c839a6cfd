package org.podpath.engine.flow;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Network;

/**
 * Hosts that do the same at the same time, each to the next. Then what the first does to the second is
 * what any does to the next, and what comes to the second comes to the first as well: one host stands
 * for all of them, exactly. Nobody else has anything on them.
 */
final class AlikeHosts {
  private static final int NOWHERE = -1;
  private static final int MANY = -2;

  /** In the order of their groups of pods. */
  private final int[] hosts;
  /** For every host, link and pod of the cluster the number of the one that stands for it. */
  private final int[] hostStandIns;
  private final int[] linkStandIns;
  private final int[] podStandIns;

  private AlikeHosts(int[] hosts, int[] hostStandIns, int[] linkStandIns, int[] podStandIns) {
    this.hosts = hosts;
    this.hostStandIns = hostStandIns;
    this.linkStandIns = linkStandIns;
    this.podStandIns = podStandIns;
  }

  private AlikeHosts(Cluster cluster, int[] hosts, List<Pod> pods, int period) {
    Topology topology = cluster.topology();
    this.hosts = hosts;
    hostStandIns = new int[topology.hosts().size()];
    Arrays.setAll(hostStandIns, host -> host);
    for (int host : hosts) {
      hostStandIns[host] = hosts[0];
    }
    linkStandIns = linkStandIns(topology);
    podStandIns = new int[cluster.pods().size()];
    Arrays.setAll(podStandIns, pod -> pod);
    for (int i = 0; i < pods.size(); i++) {
      podStandIns[pods.get(i).id()] = pods.get(i % period).id();
    }
  }

  /** Links between switches, which none of them uses, stand for themselves. */
  private int[] linkStandIns(Topology topology) {
    int perHost = topology.cardsPerHost();
    int cards = topology.hosts().size() * perHost;
    int[] up = new int[cards];
    int[] down = new int[cards];
    for (Link link : topology.links()) {
      if (link.from() < cards) {
        up[link.from()] = link.id();
      } else if (link.to() < cards) {
        down[link.to()] = link.id();
      }
    }
    int[] standIns = new int[topology.links().size()];
    Arrays.setAll(standIns, link -> link);
    for (int card = 0; card < cards; card++) {
      int other = hostStandIns[card / perHost] * perHost + card % perHost;
      standIns[up[card]] = up[other];
      standIns[down[card]] = down[other];
    }
    return standIns;
  }

  /**
   * The hosts of {@code pods}, if each has {@code period} of them, nobody else has pods there, and
   * neither hosts, nor their places on one and the same switch, nor CPUs tell them apart. Where
   * receive queues, or one of several cores that poll, are chosen by the hash of a connection, they
   * do.
   */
  static Optional<AlikeHosts> of(
      Cluster cluster, Network network, List<Pod> pods, int period) {
    Topology topology = cluster.topology();
    if (pods.size() % period != 0) {
      return Optional.empty();
    }
    int[] hosts = new int[pods.size() / period];
    for (int group = 0; group < hosts.length; group++) {
      hosts[group] = pods.get(group * period).host();
    }
    boolean apart = hosts.length > 1 && Arrays.stream(hosts).distinct().count() == hosts.length;
    Host first = topology.hosts().get(hosts[0]);
    if (!apart
        || !onOneSwitch(hosts, topology)
        || first.datapathCores() > 1
        || !network.isFree() && first.receive() == Receive.RSS) {
      return Optional.empty();
    }
    for (int i = 0; i < pods.size(); i++) {
      Pod pod = pods.get(i);
      if (pod.host() != hosts[i / period] || !alike(pod, pods.get(i % period), topology)) {
        return Optional.empty();
      }
    }
    AlikeHosts alike = new AlikeHosts(cluster, hosts, pods, period);
    return podsOn(hosts, cluster) == pods.size() && alike.linksAreAlike(topology)
        ? Optional.of(alike)
        : Optional.empty();
  }

  /** Whether all their cards have one link each, to the same switch, so that nothing leaves it. */
  private static boolean onOneSwitch(int[] hosts, Topology topology) {
    if (topology.switches().size() == 1) {
      return true;
    }
    int perHost = topology.cardsPerHost();
    int[] next = new int[topology.hosts().size() * perHost];
    Arrays.fill(next, NOWHERE);
    for (Link link : topology.links()) {
      if (link.from() < next.length) {
        next[link.from()] = next[link.from()] == NOWHERE ? link.to() : MANY;
      }
    }
    int first = next[hosts[0] * perHost];
    for (int host : hosts) {
      for (int card = 0; card < perHost; card++) {
        int itsSwitch = next[host * perHost + card];
        if (itsSwitch != first || itsSwitch < next.length) {
          return false;
        }
      }
    }
    return true;
  }

  /** How many pods there are on these hosts, whoever has them. */
  private static long podsOn(int[] hosts, Cluster cluster) {
    BitSet among = new BitSet();
    for (int host : hosts) {
      among.set(host);
    }
    return cluster.pods().stream().filter(pod -> among.get(pod.host())).count();
  }

  private static boolean alike(Pod pod, Pod other, Topology topology) {
    Host host = topology.hosts().get(pod.host());
    Host itsHost = topology.hosts().get(other.host());
    return pod.tenant() == other.tenant()
        && pod.sendCpu() == other.sendCpu()
        && pod.receiveCpu() == other.receiveCpu()
        && pod.card() == other.card()
        && host.profile().equals(itsHost.profile())
        && host.cpus() == itsHost.cpus()
        && host.receive() == itsHost.receive()
        && host.queueCpus().equals(itsHost.queueCpus())
        && host.steeredCpus().equals(itsHost.steeredCpus())
        && host.copyRatio() == itsHost.copyRatio()
        && host.numaNodes() == itsHost.numaNodes()
        && host.datapathCores() == itsHost.datapathCores();
  }

  private boolean linksAreAlike(Topology topology) {
    for (Link link : topology.links()) {
      Link other = topology.links().get(linkStandIns[link.id()]);
      if (link.bitsPerSecond() != other.bitsPerSecond() || link.delayPs() != other.delayPs()) {
        return false;
      }
    }
    return true;
  }

  /** Together with others, which have no host in common with these. */
  AlikeHosts and(AlikeHosts others) {
    return new AlikeHosts(
        IntStream.concat(Arrays.stream(hosts), Arrays.stream(others.hosts)).toArray(),
        Arrays.stream(hostStandIns).map(others::host).toArray(),
        Arrays.stream(linkStandIns).map(others::link).toArray(),
        Arrays.stream(podStandIns).map(others::pod).toArray());
  }

  /** All of them. */
  int[] all() {
    return hosts;
  }

  /** The number of the host that stands for this one. */
  int host(int number) {
    return hostStandIns[number];
  }

  /** The number of the link that stands for this one. */
  int link(int number) {
    return linkStandIns[number];
  }

  /** The number of the pod that stands for this one. */
  int pod(int number) {
    return podStandIns[number];
  }
}
