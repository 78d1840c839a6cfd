package org.podpath.engine.results;

import java.util.TreeMap;
import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Usage;

/** Adds up what every CPU did, by tenant and component. */
public final class CpuMeter {
  private final Cluster cluster;
  private final boolean podsPoll;
  private final List<Metered> metered = new ArrayList<>();

  private record Key(int host, int cpu, int tenant, Component component)
      implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      if (host != other.host) {
        return Integer.compare(host, other.host);
      }
      if (cpu != other.cpu) {
        return Integer.compare(cpu, other.cpu);
      }
      return tenant != other.tenant
          ? Integer.compare(tenant, other.tenant)
          : component.compareTo(other.component);
    }
  }

  /** Hosts that did what any of them did; none where each did its own. */
  private int[] alikeHosts = {};

  private final TreeMap<Key, Sum> reported = new TreeMap<>();
  private long windowStartPs;

  private record Metered(int host, int cpu, int tenant, Usage usage) {}

  private static final class Sum {
    private double busyPs;
    private double packets;
    private double bytes;
  }

  /**
   * Nothing yet.
   *
   * @param podsPoll whether pods poll for what has come, on the cores on which they read
   */
  public CpuMeter(Cluster cluster, boolean podsPoll) {
    this.cluster = cluster;
    this.podsPoll = podsPoll;
  }

  /**
   * Where to count what passes {@code segment} on {@code cpu} of {@code host} for {@code tenant}.
   */
  public Usage usage(Host host, int cpu, int tenant, Segment segment) {
    Usage usage = new Usage(segment, cluster.shareRatio(host, cpu));
    metered.add(new Metered(host.id(), cpu, tenant, usage));
    return usage;
  }

  /** What is counted on any of these hosts has been done on each of them. */
  public void alike(int[] hosts) {
    alikeHosts = hosts.clone();
  }

  /**
   * Reports to {@code recorder} what was counted since the last report, in order of host, CPU, tenant
   * and component.
   */
  public void report(Recorder recorder, long nowPs) {
    TreeMap<Key, Sum> sums = new TreeMap<>();
    for (Metered m : metered) {
      for (Component component : Component.values()) {
        double busyPs = m.usage.busyPs(component);
        if (busyPs > 0) {
          Key counted = new Key(countedOn(m.host), m.cpu, m.tenant, component);
          Sum sum = sums.computeIfAbsent(counted, key -> new Sum());
          sum.busyPs += busyPs;
          sum.packets += m.usage.packets();
          sum.bytes += m.usage.bytes();
        }
      }
    }
    TreeMap<Key, Sum> all = everywhere(sums);
    cluster.topology().hosts().forEach(host -> addPolling(host, nowPs, all));
    if (podsPoll) {
      addPods(nowPs, all);
    }
    all.forEach((key, sum) -> report(recorder, nowPs, key, sum));
    windowStartPs = nowPs;
  }

  /** A core that polls is busy all the time: what is not done for a tenant is done for nobody. */
  private static void addPolling(Host host, long nowPs, TreeMap<Key, Sum> all) {
    for (int i = 0; i < host.pollingCores(); i++) {
      int cpu = host.pollingCpu(i);
      add(new Key(host.id(), cpu, CpuTime.NOBODY, Component.POLL), idlePs(host, cpu, nowPs, all),
          all);
    }
  }

  /** The same of cores on which pods poll: their tenants have equal parts. */
  private void addPods(long nowPs, TreeMap<Key, Sum> all) {
    TreeMap<Integer, List<Pod>> readers = new TreeMap<>();
    int cpus = cluster.topology().hosts().getFirst().cpus();
    for (Pod pod : cluster.pods()) {
      int place = pod.host() * cpus + cluster.receiveCpu(pod.id());
      readers.computeIfAbsent(place, key -> new ArrayList<>()).add(pod);
    }
    for (List<Pod> pods : readers.values()) {
      Host host = cluster.hostOf(pods.getFirst().id());
      int cpu = cluster.receiveCpu(pods.getFirst().id());
      double eachPs = idlePs(host, cpu, nowPs, all) / pods.size();
      pods.forEach(
          pod -> add(new Key(host.id(), cpu, pod.tenant(), Component.POLL), eachPs, all));
    }
  }

  private static double idlePs(Host host, int cpu, long nowPs, TreeMap<Key, Sum> all) {
    Key first = new Key(host.id(), cpu, CpuTime.NOBODY, Component.values()[0]);
    Key next = new Key(host.id(), cpu + 1, CpuTime.NOBODY, Component.values()[0]);
    return nowPs
        - all.subMap(first, next).values().stream().mapToDouble(sum -> sum.busyPs).sum();
  }

  private static void add(Key key, double busyPs, TreeMap<Key, Sum> all) {
    all.computeIfAbsent(key, absent -> new Sum()).busyPs += busyPs;
  }

  private int countedOn(int host) {
    for (int alike : alikeHosts) {
      if (alike == host) {
        return alikeHosts[0];
      }
    }
    return host;
  }

  private TreeMap<Key, Sum> everywhere(TreeMap<Key, Sum> sums) {
    if (alikeHosts.length == 0) {
      return sums;
    }
    TreeMap<Key, Sum> all = new TreeMap<>();
    sums.forEach((key, sum) -> {
      int[] hosts = key.host == alikeHosts[0] ? alikeHosts : new int[] {key.host};
      for (int host : hosts) {
        all.put(new Key(host, key.cpu, key.tenant, key.component), sum);
      }
    });
    return all;
  }

  /** Rounds sums, not differences, so that windows add up to the run. */
  private void report(Recorder recorder, long nowPs, Key key, Sum sum) {
    Sum before = reported.getOrDefault(key, new Sum());
    long busyPs = Math.round(sum.busyPs) - Math.round(before.busyPs);
    if (busyPs > 0) {
      recorder.cpu(
          new CpuTime(
              key.host,
              key.cpu,
              key.tenant,
              key.component,
              windowStartPs,
              nowPs - windowStartPs,
              busyPs,
              Math.round(sum.packets) - Math.round(before.packets),
              Math.round(sum.bytes) - Math.round(before.bytes)));
      reported.put(key, sum);
    }
  }
}
