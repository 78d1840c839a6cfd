package org.podpath.engine.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Usage;

/** Adds up what every CPU did, by tenant and component. */
public final class CpuMeter {
  private final Cluster cluster;
  private final boolean coresPoll;
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

  /** For every host the one whose sums are its own too. */
  private final int[] countedOn;

  private final TreeMap<Key, Sum> agents = new TreeMap<>();
  private final TreeMap<Key, Sum> reported = new TreeMap<>();
  private final Sum nothing = new Sum();
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
   * @param network on which cores or pods poll, or nobody does
   */
  public CpuMeter(Cluster cluster, Network network) {
    this.cluster = cluster;
    coresPoll = network.cni().polls();
    podsPoll = network.podsPoll();
    countedOn = new int[cluster.topology().hosts().size()];
    Arrays.setAll(countedOn, host -> host);
  }

  /**
   * Where to count what passes {@code segment} on {@code cpu} of {@code host} for {@code tenant}.
   */
  public Usage usage(Host host, int cpu, int tenant, Segment segment) {
    Usage usage = new Usage(segment.on(host, cpu), cluster.shareRatio(host, cpu));
    metered.add(new Metered(host.id(), cpu, tenant, usage));
    return usage;
  }

  /** Counts what the agents of {@code host} did, which they do for no tenant. */
  public void agent(int host, int cpu, double busyPs) {
    add(new Key(host, cpu, CpuTime.NOBODY, Component.AGENT), busyPs, agents);
  }

  /** What is counted on any of these hosts has been done on each of them, but for their agents. */
  public void alike(int[] hosts) {
    for (int host : hosts) {
      countedOn[host] = hosts[0];
    }
  }

  /**
   * Reports to {@code recorder} what was counted since the last report, in order of host, CPU, tenant
   * and component. Of hosts that are alike the first one's sums are kept, and told for each.
   */
  public void report(Recorder recorder, long nowPs) {
    TreeMap<Key, CpuTime.Work> works = new TreeMap<>();
    counted(nowPs).forEach((key, sum) -> {
      CpuTime.Work work = work(key, sum, nowPs);
      if (work.busyPs() > 0) {
        works.put(key, work);
        reported.put(key, sum);
      }
    });
    for (Host host : cluster.topology().hosts()) {
      ofHost(host.id(), works).forEach(work -> recorder.cpu(new CpuTime(host.id(), work)));
    }
    windowStartPs = nowPs;
  }

  private Collection<CpuTime.Work> ofHost(int host, TreeMap<Key, CpuTime.Work> works) {
    int from = countedOn[host];
    if (from == host || agents.isEmpty()) {
      return works.subMap(firstOf(from, 0), firstOf(from + 1, 0)).values();
    }
    TreeMap<Key, CpuTime.Work> its = new TreeMap<>();
    works.subMap(firstOf(from, 0), firstOf(from + 1, 0)).forEach((key, work) -> {
      if (key.component != Component.AGENT) {
        its.put(new Key(host, key.cpu, key.tenant, key.component), work);
      }
    });
    its.putAll(works.subMap(firstOf(host, 0), firstOf(host + 1, 0)));
    return its.values();
  }

  private TreeMap<Key, Sum> counted(long nowPs) {
    TreeMap<Key, Sum> sums = new TreeMap<>();
    for (Metered m : metered) {
      for (Component component : Component.values()) {
        double busyPs = m.usage.busyPs(component);
        if (busyPs > 0) {
          Key counted = new Key(countedOn[m.host], m.cpu, m.tenant, component);
          Sum sum = sums.computeIfAbsent(counted, key -> new Sum());
          sum.busyPs += busyPs;
          sum.packets += m.usage.packets();
          sum.bytes += m.usage.bytes();
        }
      }
    }
    agents.forEach((key, sum) -> add(key, sum.busyPs, sums));
    for (Host host : cluster.topology().hosts()) {
      if (coresPoll && isCounted(host.id())) {
        addPolling(host, nowPs, sums);
      }
    }
    if (podsPoll) {
      addPods(nowPs, sums);
    }
    return sums;
  }

  /** A core that polls is busy all the time: what is not done for a tenant is done for nobody. */
  private static void addPolling(Host host, long nowPs, TreeMap<Key, Sum> all) {
    for (int i = 0; i < host.datapathCores(); i++) {
      int cpu = host.datapathCpu(i);
      add(new Key(host.id(), cpu, CpuTime.NOBODY, Component.POLL), idlePs(host, cpu, nowPs, all),
          all);
    }
  }

  /** The same of cores on which pods poll: their tenants have equal parts. */
  private void addPods(long nowPs, TreeMap<Key, Sum> all) {
    TreeMap<Integer, List<Pod>> readers = new TreeMap<>();
    int cpus = cluster.topology().hosts().getFirst().cpus();
    for (Pod pod : cluster.pods()) {
      if (isCounted(pod.host())) {
        int place = pod.host() * cpus + cluster.receiveCpu(pod.id());
        readers.computeIfAbsent(place, key -> new ArrayList<>()).add(pod);
      }
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
    return nowPs
        - all.subMap(firstOf(host.id(), cpu), firstOf(host.id(), cpu + 1))
            .values()
            .stream()
            .mapToDouble(sum -> sum.busyPs)
            .sum();
  }

  private static Key firstOf(int host, int cpu) {
    return new Key(host, cpu, CpuTime.NOBODY, Component.values()[0]);
  }

  private static void add(Key key, double busyPs, TreeMap<Key, Sum> all) {
    all.computeIfAbsent(key, absent -> new Sum()).busyPs += busyPs;
  }

  private boolean isCounted(int host) {
    return countedOn[host] == host;
  }

  /** Since the last report. Rounds sums, not differences, so that windows add up to the run. */
  private CpuTime.Work work(Key key, Sum sum, long nowPs) {
    Sum before = reported.getOrDefault(key, nothing);
    return new CpuTime.Work(
        key.cpu,
        key.tenant,
        key.component,
        windowStartPs,
        nowPs - windowStartPs,
        Math.round(sum.busyPs) - Math.round(before.busyPs),
        Math.round(sum.packets) - Math.round(before.packets),
        Math.round(sum.bytes) - Math.round(before.bytes));
  }
}
