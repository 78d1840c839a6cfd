package org.podpath.engine.flow;

import java.util.List;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Uncontended.Demand;

/** Numbers every CPU, link and embedded switch of a cluster: the resources that streams share. */
final class Resources {
  private final int[] firstCpu;
  private final int firstLink;
  private final int firstHairpin;
  private final int count;

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
    count = firstHairpin + hosts.size();
  }

  int count() {
    return count;
  }

  int cpu(Host host, int cpu) {
    return firstCpu[host.id()] + cpu;
  }

  int link(Link link) {
    return link.id() < 0 ? firstHairpin - 1 - link.id() : firstLink + link.id();
  }

  int of(Demand demand) {
    return switch (demand) {
      case Demand.OnCpu onCpu -> cpu(onCpu.host(), onCpu.cpu());
      case Demand.OnLink onLink -> link(onLink.link());
    };
  }
}
