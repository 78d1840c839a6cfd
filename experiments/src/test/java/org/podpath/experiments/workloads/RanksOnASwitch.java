package org.podpath.experiments.workloads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Kernel;
import org.podpath.cni.Profiles;
import org.podpath.cni.TcpStack;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.flow.FlowEngine;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.packet.PacketEngine;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Engine;
import org.podpath.workloads.JobObserver;
import org.podpath.workloads.Session;
import org.podpath.workloads.Task;
import org.podpath.workloads.TaskList;
import org.podpath.workloads.TaskObserver;
import org.podpath.workloads.TaskRunner;

/** Ranks on one switch, each in a pod on a host of its own or beside others. */
final class RanksOnASwitch {
  /** Closed forms of collectives know no slow start: the window is open from the beginning. */
  private static final Transport.Tcp OPEN =
      new Transport.Tcp(
          Transport.Control.CUBIC, 1 << 20, Transport.Tcp.WINDOW_BYTES,
          Transport.Tcp.LEAST_TIMEOUT_PS);

  private final Cluster cluster;
  private final Network network;

  /** The two engines. */
  enum Kind {
    PACKET,
    FLOW
  }

  /**
   * Ranks without anybody beside them.
   *
   * @param perHost ranks on a host, two CPUs each
   */
  RanksOnASwitch(
      CniCatalog entry, String profileName, long nicBitsPerSecond, int ranks, int perHost) {
    HostProfile profile = Profiles.of(profileName);
    Kernel kernel = new Kernel(profile);
    Cni cni = entry.plain(kernel);
    int podMtuBytes = profile.mtuBytes() - cni.send().headerBytes();
    network =
        new Network(cni, TcpStack.on(kernel), OPEN, podMtuBytes, profile.mtuBytes());
    List<Host> hosts = new ArrayList<>();
    List<Pod> pods = new ArrayList<>();
    int cores = 2 * perHost;
    for (int rank = 0; rank < ranks; rank++) {
      int host = rank / perHost;
      if (host == hosts.size()) {
        hosts.add(new Host(host, "host" + host, profile, cores, false, Receive.POD_CORE, cores));
      }
      int cpu = 2 * (rank % perHost);
      pods.add(new Pod(rank, "rank" + rank, host, 0, cpu, cpu + 1, 0));
    }
    Topology topology = Topology.oneSwitch(hosts, nicBitsPerSecond, 250_000, 500_000);
    cluster = new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
  }

  /** Time from the start of the first task to the end of the last. */
  long playedPs(Kind kind, TaskList tasks) {
    Simulator simulator = new Simulator(1);
    RunReport report = new RunReport();
    Engine engine =
        switch (kind) {
          case PACKET ->
              new PacketEngine(simulator, cluster, network, report, Optional.empty(),
                  Optional.empty());
          case FLOW -> new FlowEngine(simulator, cluster, network, report);
        };
    Session session = new Session.Factory(simulator, engine, report).of("blue/0", new Nobody());
    long[] endPs = {-1};
    new TaskRunner(session, cluster.pods(), 29_500, TaskObserver.NONE)
        .run(tasks, () -> endPs[0] = simulator.nowPs());
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    return endPs[0];
  }

  @Override
  public String toString() {
    return network.cni().name();
  }

  /** Closed form of the way from the first rank to the last. */
  private Uncontended way() {
    return new Uncontended(
        cluster, new NetworkPaths(network), 0, cluster.pods().size() - 1, 17, 23);
  }

  /** 1/B: what a byte more adds to the time of a stream. */
  double streamPsPerByte() {
    Uncontended way = way();
    return (way.idealPs(200_000_000) - way.idealPs(100_000_000)) / 1e8;
  }

  /** α: what the time of a stream is above its bytes over B. */
  double streamLatencyPs() {
    return way().idealPs(100_000_000) - 1e8 * streamPsPerByte();
  }

  /** Time of a message, which is what a flow of at most a super-packet is. */
  long messagePs(long bytes) {
    return way().messagePs(bytes);
  }

  /** What the receiver takes to answer a message of one frame; 0 where it is longer. */
  double answerPs(long bytes) {
    Uncontended way = way();
    return bytes <= way.segmentBytes()
        ? way.passPs((Uncontended.Step.Pass) way.answerSteps().get(0), 0, false)
        : 0;
  }

  /** Looks away. */
  private static final class Nobody implements JobObserver {
    @Override
    public void connected(Connection connection) {}

    @Override
    public void step(Step step) {}

    @Override
    public void collective(Collective collective) {}

    @Override
    public void request(Request request) {}

    @Override
    public void task(Task task, long startPs, long endPs) {}
  }
}
