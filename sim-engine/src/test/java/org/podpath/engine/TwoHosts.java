package org.podpath.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.HandMade;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.flow.FlowEngine;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.packet.PacketEngine;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Protocol;

/** Two hosts on a switch; pods 0 and 1 on host 0, pods 2 and 3 on host 1, two CPUs each. */
public final class TwoHosts {
  public final Simulator simulator = new Simulator(1);
  public final RunReport report = new RunReport();
  public final Cluster cluster;
  public final Network network;
  public final Engine engine;
  private int connections;
  private long flows;

  /** The two engines, by a name for the test report. */
  public enum Kind {
    PACKET(t -> new PacketEngine(t.simulator, t.cluster, t.network, t.report, Optional.empty(),
        Optional.empty())),
    FLOW(t -> FlowEngine.verifying(t.simulator, t.cluster, t.network, t.report));

    private final Function<TwoHosts, Engine> make;

    Kind(Function<TwoHosts, Engine> make) {
      this.make = make;
    }
  }

  public TwoHosts(Kind kind) {
    this(kind, HandMade.PROFILE, Receive.POD_CORE,
        new Network(HandMade.cni(50, 4), HandMade.stack(), 8950, 9000));
  }

  public TwoHosts(Kind kind, HostProfile profile, Receive receive, Network network) {
    List<Host> hosts =
        List.of(
            new Host(0, "host0", profile, 4, false, receive, 4),
            new Host(1, "host1", profile, 4, false, receive, 4));
    Topology topology = Topology.oneSwitch(hosts, profile.nicBitsPerSecond(), 250_000, 500_000);
    List<Pod> pods =
        List.of(
            new Pod(0, "a", 0, 0, 0, 1, 0),
            new Pod(1, "b", 0, 0, 2, 3, 0),
            new Pod(2, "c", 1, 0, 0, 1, 0),
            new Pod(3, "d", 1, 0, 2, 3, 0));
    cluster = new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
    this.network = network;
    engine = kind.make.apply(this);
  }

  public Connection connect(int source, int destination) {
    return new Connection(connections++, source, destination, Protocol.TCP, 40_000 + connections,
        5201);
  }

  public Flow flow(Connection connection, long bytes) {
    return new Flow(flows++, connection, false, bytes, Flow.NEVER_PS);
  }

  public Flow flowUntil(Connection connection, long untilPs) {
    return new Flow(flows++, connection, false, Flow.ENDLESS_BYTES, untilPs);
  }

  /** A flow that begins now. */
  public void start(Connection connection, long bytes) {
    engine.start(flow(connection, bytes), () -> {});
  }

  /** Starts {@code started} at once and lets everything happen. */
  public List<FinishedFlow> run(Flow... started) {
    for (Flow flow : started) {
      engine.start(flow, () -> {});
    }
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    engine.end();
    return report.flows();
  }

  /** Payload over the time from start to end. */
  public static double gigabitsPerSecond(FinishedFlow flow) {
    return flow.deliveredBytes() * 8e3 / (flow.endPs() - flow.startPs());
  }
}
