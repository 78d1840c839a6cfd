package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.CpuMeter;

/**
 * The agents of all hosts: on each one their work shares a CPU equally, which nobody else is taken to use.
 */
final class HostAgents {
  private final Simulator simulator;
  private final Cluster cluster;
  private final CpuMeter meter;
  private final TreeMap<Integer, Agents> byHost = new TreeMap<>();

  private static final class Work {
    private final EventHandler done;
    private double leftPs;

    private Work(double leftPs, EventHandler done) {
      this.leftPs = leftPs;
      this.done = done;
    }
  }

  /** Those of a host. */
  private final class Agents {
    private final int host;
    private final int cpu;
    private final double shareRatio;
    private final List<Work> works = new ArrayList<>();
    private long countedPs;
    /** When the next is done, unless more comes. */
    private long wakePs;

    private Agents(int host) {
      this.host = host;
      cpu = cluster.agentCpu(host);
      shareRatio = cluster.shareRatio(cluster.topology().hosts().get(host), cpu);
    }

    /** Counts what has been done by now. */
    void count() {
      long busyPs = simulator.nowPs() - countedPs;
      countedPs = simulator.nowPs();
      if (!works.isEmpty() && busyPs > 0) {
        meter.agent(host, cpu, busyPs);
        works.forEach(work -> work.leftPs -= busyPs * shareRatio / works.size());
      }
    }

    void add(Work work) {
      count();
      works.add(work);
      sleep();
    }

    private void sleep() {
      double leastPs = works.stream().mapToDouble(work -> work.leftPs).min().orElse(0);
      long takesPs = (long) Math.ceil(leastPs * works.size() / shareRatio);
      long atPs = simulator.nowPs() + Math.max(0, takesPs);
      wakePs = atPs;
      simulator.after(atPs - simulator.nowPs(), () -> wake(atPs));
    }

    private void wake(long atPs) {
      if (atPs != wakePs || works.isEmpty()) {
        return; // more has come meanwhile
      }
      count();
      List<Work> over = works.stream().filter(work -> work.leftPs <= 0).toList();
      works.removeAll(over);
      if (!works.isEmpty()) {
        sleep();
      }
      over.forEach(work -> work.done.handle());
    }
  }

  /** Agents that sleep. */
  HostAgents(Simulator simulator, Cluster cluster, CpuMeter meter) {
    this.simulator = simulator;
    this.cluster = cluster;
    this.meter = meter;
  }

  /** {@code done} is called when so much is done, in picoseconds of a whole core. */
  void work(int host, double hostPs, EventHandler done) {
    byHost.computeIfAbsent(host, Agents::new).add(new Work(hostPs, done));
  }

  /** Counts what they have done by now. */
  void count() {
    byHost.values().forEach(Agents::count);
  }
}
