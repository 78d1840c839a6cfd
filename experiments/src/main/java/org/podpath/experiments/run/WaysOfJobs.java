package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.packet.PacketEngine;
import org.podpath.experiments.scenario.EngineKind;
import org.podpath.experiments.scenario.Incast;
import org.podpath.experiments.scenario.Job;
import org.podpath.experiments.scenario.PodSpec;
import org.podpath.experiments.scenario.Scenario;
import org.podpath.experiments.scenario.Serve;

/**
 * Whether the pods of every job reach each other. Of the pods that hang on the same switch, those
 * on two hosts speak for all.
 */
final class WaysOfJobs {
  private final Scenario scenario;
  private final Cluster cluster;
  private final Topology topology;
  private final Map<String, Pod> podByName = new HashMap<>();
  /** By network card: where its link leads, and where the link to it begins. */
  private final int[] next;
  private final int[] last;

  WaysOfJobs(Scenario scenario, Cluster cluster) {
    this.scenario = scenario;
    this.cluster = cluster;
    topology = cluster.topology();
    cluster.pods().forEach(pod -> podByName.put(pod.name(), pod));
    int cards = topology.hosts().size() * topology.cardsPerHost();
    next = new int[cards];
    last = new int[cards];
    for (Link link : topology.links()) {
      if (link.from() < cards) {
        next[link.from()] = link.to();
      }
      if (link.to() < cards) {
        last[link.to()] = link.from();
      }
    }
  }

  /** For each job that needs a way which is not there or too long, a clause that names one. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (JobSpec job : JobSpec.of(scenario)) {
      if (scenario.pendingReason(job.tenant(), job.position()).isEmpty()) {
        List<PodSpec> pods = scenario.pods(job.tenant(), job.position());
        int first =
            switch (job.job()) {
              case Serve serve -> serve.servers();
              case Incast incast -> 1;
              case Job other -> pods.size();
            };
        List<Pod> some = speakers(pods.subList(0, first));
        List<Pod> others = first == pods.size() ? some : speakers(pods.subList(first, pods.size()));
        fault(job, some, others).ifPresent(faults::add);
      }
    }
    return faults;
  }

  /** Two pods of different hosts for each pair of switches that pods send to and receive from. */
  private List<Pod> speakers(List<PodSpec> specs) {
    Map<List<Integer>, List<Pod>> bySwitches = new LinkedHashMap<>();
    for (PodSpec spec : specs) {
      Pod pod = podByName.get(spec.name());
      int card = topology.card(pod);
      List<Pod> known =
          bySwitches.computeIfAbsent(List.of(next[card], last[card]), k -> new ArrayList<>());
      if (known.isEmpty() || known.size() == 1 && known.getFirst().host() != pod.host()) {
        known.add(pod);
      }
    }
    return bySwitches.values().stream().flatMap(List::stream).toList();
  }

  /** At most one: the others have the same cause more often than not. */
  private Optional<String> fault(JobSpec job, List<Pod> some, List<Pod> others) {
    for (Pod one : some) {
      for (Pod other : others) {
        Optional<String> fault = fault(one, other).or(() -> fault(other, one));
        if (fault.isPresent()) {
          return Optional.of(fault.get() + ", and job " + job.name() + " has pods on both");
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> fault(Pod from, Pod to) {
    if (from.host() == to.host()) {
      return Optional.empty();
    }
    String between =
        cluster.hostOf(from.id()).name() + " to " + cluster.hostOf(to.id()).name();
    int start = topology.card(from);
    int end = topology.card(to);
    if (topology.routes().choices(start, end).length == 0) {
      return Optional.of("no way leads from " + between);
    }
    int links = topology.routes().links(start, end, 0).length;
    return links > PacketEngine.MOST_LINKS && scenario.engine() == EngineKind.PACKET
        ? Optional.of(
            "the way from " + between + " crosses " + links + " links, the packet engine plays "
                + PacketEngine.MOST_LINKS)
        : Optional.empty();
  }
}
