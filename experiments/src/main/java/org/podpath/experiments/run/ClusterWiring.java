package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Equipment;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.RateLimit;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.FabricSpec;
import org.podpath.experiments.scenario.Pin;
import org.podpath.experiments.scenario.PodSpec;
import org.podpath.experiments.scenario.Point;
import org.podpath.experiments.scenario.Surroundings;
import org.podpath.experiments.scenario.TenantSpec;
import org.podpath.experiments.scenario.TopologyReader;

/** Makes the engine's cluster out of a point of a scenario. */
final class ClusterWiring {
  /** assumption: how many times as long a copy takes at most where nothing that it needs is in a cache. */
  private static final double CROWDED_COPY_RATIO = 1.5;

  private final Point point;
  private final org.podpath.experiments.scenario.Cluster spec;
  private final HostProfile profile;
  private final Network network;

  /** For a point, with packets as {@code network} makes them. */
  ClusterWiring(Point point, HostProfile profile, Network network) {
    this.point = point;
    this.profile = profile;
    this.network = network;
    spec = point.scenario().cluster();
  }

  /**
   * The machines, tenants and pods of the point.
   *
   * @throws WrongInput if a file that draws the network is wrong
   */
  Cluster cluster() {
    List<Tenant> tenants = new ArrayList<>();
    point.scenario()
        .tenants()
        .forEach(
            (name, tenant) -> tenants.add(
                new Tenant(
                    tenants.size(), name, tenant.trafficClass(),
                    tenant.quotaCores().orElse(Tenant.NO_QUOTA), limit(tenant))));
    Topology topology = topology().with(spec.wayRule());
    return new Cluster(topology, tenants, pods(topology.cardsPerHost()));
  }

  private static Optional<RateLimit> limit(TenantSpec tenant) {
    return tenant.maxTxRateBitsPerSecond()
        .stream()
        .mapToObj(RateLimit::new)
        .findFirst();
  }

  private Topology topology() {
    double[] wantedBytes = workingSetsBytes();
    List<Host> hosts =
        IntStream.range(0, spec.hostCount()).mapToObj(id -> host(id, wantedBytes[id])).toList();
    FabricSpec fabric = spec.fabric();
    Equipment equipment = equipment();
    return fabric instanceof FabricSpec.File file
        ? TopologyReader.read(point.beside(file.name()), surroundings(hosts, equipment))
        : fabric.shape(hosts.size(), spec.gpus()).orElseThrow().topology(hosts, equipment);
  }

  private Host host(int id, double wantedBytes) {
    int polling = PollingCheck.cores(point, network);
    return new Host(
        id, "host" + id, profile, spec.cores(), spec.smt(),
        Receive.valueOf(spec.receive().name()), spec.queueCpus(polling),
        polling, spec.numaNodes(), spec.rpsCpus().orElse(List.of()), copyRatio(wantedBytes));
  }

  /** The share that does not find room, as of rules that outgrow their part of a cache. */
  private double copyRatio(double wantedBytes) {
    double roomBytes = spec.llcBytes().orElse(Long.MAX_VALUE);
    return 1 + (CROWDED_COPY_RATIO - 1) * Math.max(0, 1 - roomBytes / Math.max(1, wantedBytes));
  }

  /** Of all hosts at once: pods are placed anew each time that a scenario is asked for them. */
  private double[] workingSetsBytes() {
    double[] wantedBytes = new double[spec.hostCount()];
    if (spec.llcBytes().isPresent()) {
      point.scenario()
          .pods()
          .forEach(
              pod -> pod.host()
                  .ifPresent(
                      host -> wantedBytes[host] += point.scenario()
                          .tenants()
                          .get(pod.tenant())
                          .workingSetBytes()));
    }
    return wantedBytes;
  }

  private Equipment equipment() {
    long nicBitsPerSecond = spec.nicBitsPerSecond().orElse(profile.nicBitsPerSecond());
    long uplinkBitsPerSecond = spec.fabric().uplinkBitsPerSecond().orElse(nicBitsPerSecond);
    return new Equipment(
        new Cable(nicBitsPerSecond, spec.delayPs(), network.wireMtuBytes()),
        new Cable(uplinkBitsPerSecond, spec.delayPs(), network.wireMtuBytes()),
        spec.switchLatencyPs(),
        spec.ports().queues());
  }

  private Surroundings surroundings(List<Host> hosts, Equipment equipment) {
    int packetBytes = network.podMtuBytes() + network.cni().send().headerBytes();
    int frameBytes = network.segmentBytes() + network.frameOverheadBytes();
    return new Surroundings(hosts, equipment, packetBytes, frameBytes);
  }

  /**
   * Pods without a pin take CPUs of their host in turn, two each. The pod with the host's GPU i
   * uses network card i; those without a GPU take cards in turn, too.
   */
  private List<Pod> pods(int cardsPerHost) {
    List<String> tenantNames = List.copyOf(point.scenario().tenants().keySet());
    Map<String, Pin> pins = spec.pin();
    int[] nextCpu = new int[spec.hostCount()];
    int[] nextGpu = new int[spec.hostCount()];
    int[] nextOther = new int[spec.hostCount()];
    List<Pod> pods = new ArrayList<>();
    Host any = host(0, 0);
    for (PodSpec pod : point.scenario().pods()) {
      if (pod.host().isEmpty()) {
        continue;
      }
      int host = pod.host().getAsInt();
      Pin pin = pins.get(pod.name());
      int sendCpu = pin != null ? pin.tx() : any.freeCpu(nextCpu[host]++);
      int receiveCpu = pin != null ? pin.rx() : any.freeCpu(nextCpu[host]++);
      int place = pod.needsGpu() ? nextGpu[host]++ : nextOther[host]++;
      pods.add(
          new Pod(
              pods.size(),
              pod.name(),
              host,
              tenantNames.indexOf(pod.tenant()),
              sendCpu,
              receiveCpu,
              place % cardsPerHost));
    }
    return pods;
  }
}
