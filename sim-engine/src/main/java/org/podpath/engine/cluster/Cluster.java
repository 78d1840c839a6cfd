package org.podpath.engine.cluster;

import java.util.List;
import java.util.Optional;

/**
 * Everything that exists in a run.
 *
 * @param pods by id
 */
public record Cluster(Topology topology, List<Tenant> tenants, List<Pod> pods) {
  public Cluster {
    tenants = List.copyOf(tenants);
    pods = List.copyOf(pods);
    for (Pod pod : pods) {
      Host host = topology.hosts().get(pod.host());
      if (Math.max(pod.sendCpu(), pod.receiveCpu()) >= host.cpus()) {
        throw new IllegalArgumentException(
            "pod '" + pod.name() + "' is pinned to a CPU that " + host.name() + " has not (0 to "
                + (host.cpus() - 1) + ")");
      }
      if (host.isOfDatapath(pod.sendCpu()) || host.isOfDatapath(pod.receiveCpu())) {
        throw new IllegalArgumentException(
            "pod '" + pod.name() + "' is pinned to a CPU of " + host.name()
                + " whose core is its datapath's");
      }
      if (pod.card() < 0 || pod.card() >= topology.cardsPerHost()) {
        throw new IllegalArgumentException(
            "pod '" + pod.name() + "' uses network card " + pod.card() + " of "
                + topology.cardsPerHost() + " on " + host.name());
      }
    }
  }

  /**
   * The links that frames cross from one pod to another, in order; of one host the network card's
   * embedded switch.
   *
   * @param flowHash chooses among equal ways
   */
  public List<Link> route(int sourcePod, int destinationPod, int flowHash) {
    Pod source = pods.get(sourcePod);
    Pod destination = pods.get(destinationPod);
    if (source.host() == destination.host()) {
      return List.of(hostOf(sourcePod).hairpin());
    }
    int[] ids =
        topology.routes().links(topology.card(source), topology.card(destination), flowHash);
    Link[] way = new Link[ids.length];
    for (int hop = 0; hop < ids.length; hop++) {
      way[hop] = topology.links().get(ids[hop]);
    }
    return List.of(way);
  }

  /** The machine that {@code pod} runs on. */
  public Host hostOf(int pod) {
    return topology.hosts().get(pods.get(pod).host());
  }

  /**
   * The CPU that polls frames of a connection for {@code pod}.
   *
   * @param acknowledgement whether the frames are acknowledgements of what the pod sent
   * @param flowHash hash of the frames' addresses and ports
   */
  public int softirqCpu(int pod, boolean acknowledgement, int flowHash) {
    Host host = hostOf(pod);
    return switch (host.receive()) {
      case POD_CORE -> acknowledgement ? sendCpu(pod) : receiveCpu(pod);
      case RSS -> host.queueCpus().get(Math.floorMod(flowHash, host.queueCpus().size()));
      case SAME_CORE -> 0;
    };
  }

  /**
   * The CPU on which the kernel takes packets of a connection for {@code pod} up its stack: the one that
   * polled their frames, unless packets are steered.
   *
   * @param flowHash of the frames as the card sees them
   * @param packetHash of the packets as the kernel sees them
   */
  public int stackCpu(int pod, boolean acknowledgement, int flowHash, int packetHash) {
    Host host = hostOf(pod);
    return host.steeredCpus().isEmpty()
        ? softirqCpu(pod, acknowledgement, flowHash)
        : host.steeredCpu(packetHash);
  }

  /**
   * The CPU of the datapath that takes what {@code pod} sends: ports of pods are shared out among these,
   * in turn.
   *
   * @throws ArithmeticException if there is none
   */
  public int datapathCpu(int pod) {
    int before = 0;
    for (int other = 0; other < pod; other++) {
      before += pods.get(other).host() == pods.get(pod).host() ? 1 : 0;
    }
    return hostOf(pod).datapathCpu(before);
  }

  /** What the threads of {@code pod} may use of CPUs, in cores; {@link Tenant#NO_QUOTA}: all. */
  public double quotaCores(int pod) {
    return tenants.get(pods.get(pod).tenant()).quotaCores();
  }

  /** What the virtual function of {@code pod} may send; empty: all that the card does. */
  public Optional<RateLimit> limit(int pod) {
    return tenants.get(pods.get(pod).tenant()).limit();
  }

  /** The CPU on which {@code pod} sends. */
  public int sendCpu(int pod) {
    return hostOf(pod).receive() == Receive.SAME_CORE ? 0 : pods.get(pod).sendCpu();
  }

  /** The CPU on which {@code pod} reads what arrived. */
  public int receiveCpu(int pod) {
    return hostOf(pod).receive() == Receive.SAME_CORE ? 0 : pods.get(pod).receiveCpu();
  }

  /**
   * Speed of {@code cpu} over that of a whole core: below 1 while its sibling thread has work
   * assigned.
   */
  public double shareRatio(Host host, int cpu) {
    int sibling = host.siblingOf(cpu);
    return sibling >= 0 && assigned(host, sibling) ? host.profile().smtShareRatio() : 1;
  }

  /**
   * The CPU that agents of {@code host} run on: of those that are not its datapath's the last of whose
   * pods and queues there are fewest, as a scheduler that looks for idle CPUs would find.
   */
  public int agentCpu(int host) {
    Host its = topology.hosts().get(host);
    int[] duties = new int[its.cpus()];
    if (its.receive() == Receive.RSS) {
      its.queueCpus().forEach(cpu -> duties[cpu]++);
    }
    its.steeredCpus().forEach(cpu -> duties[cpu]++);
    for (Pod pod : pods) {
      if (pod.host() == host) {
        duties[sendCpu(pod.id())]++;
        duties[receiveCpu(pod.id())]++;
      }
    }
    int fewest = -1;
    for (int cpu = 0; cpu < duties.length; cpu++) {
      boolean free = !its.isOfDatapath(cpu);
      if (free && (fewest < 0 || duties[cpu] <= duties[fewest])) {
        fewest = cpu;
      }
    }
    return fewest;
  }

  private boolean assigned(Host host, int cpu) {
    if (host.receive() == Receive.RSS && host.queueCpus().contains(cpu)
        || host.steeredCpus().contains(cpu)) {
      return true;
    }
    for (Pod pod : pods) {
      if (pod.host() == host.id() && (sendCpu(pod.id()) == cpu || receiveCpu(pod.id()) == cpu)) {
        return true;
      }
    }
    return false;
  }
}
