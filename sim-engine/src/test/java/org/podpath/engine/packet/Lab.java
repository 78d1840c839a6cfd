package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.Recorder;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/** A packet engine on a small fabric of hosts that cost nothing, a pod on each, and its audit. */
final class Lab {
  static final long PS_PER_SECOND = 1_000_000_000_000L;

  final Simulator simulator = new Simulator(1);
  final RunReport report;
  final Cluster cluster;
  final Network network;
  final PacketEngine engine;
  final Audit audit;
  private FrameTap listener = (nowPs, link, frame) -> {};
  private int connections;
  private long flows;

  /** Traffic of pod i is of class {@code classes[i]}, 0 where none is given. */
  Lab(Topology topology, Network network, int... classes) {
    this(new RunReport(), topology, network, classes);
  }

  /** One whose report stays empty: {@code recorder} is told in its place. */
  Lab(Recorder recorder, Topology topology, Network network, int... classes) {
    this.network = network;
    report = recorder instanceof RunReport kept ? kept : new RunReport();
    List<Tenant> tenants =
        IntStream.range(0, PortQueues.Scheduling.CLASSES)
            .mapToObj(c -> new Tenant(c, "class" + c, c))
            .toList();
    List<Pod> pods =
        topology.hosts().stream().map(host -> pod(host, classes)).toList();
    cluster = new Cluster(topology, tenants, pods);
    audit = new Audit(this);
    engine =
        new PacketEngine(
            simulator, cluster, network, recorder, Optional.empty(), Optional.of(this::seen));
  }

  private static Pod pod(Host host, int[] classes) {
    int trafficClass = host.id() < classes.length ? classes[host.id()] : 0;
    return new Pod(host.id(), "pod" + host.id(), host.id(), trafficClass, 0, 0, 0);
  }

  private void seen(long nowPs, int link, SeenFrame frame) {
    audit.frame(nowPs, link, frame);
    listener.frame(nowPs, link, frame);
  }

  /** Shows every frame at the end of every link to {@code other} too. */
  void listen(FrameTap other) {
    listener = other;
  }

  /** What a frame takes on a wire. */
  int wireBytes(SeenFrame frame) {
    int overheadBytes =
        frame.connection().protocol() == Protocol.UDP
            ? network.datagramOverheadBytes()
            : network.frameOverheadBytes();
    return frame.payloadBytes() + overheadBytes + extendedBytes(frame);
  }

  /** What answers of RoCE have more than its data: an acknowledgement 4, a notification 16 bytes. */
  private int extendedBytes(SeenFrame frame) {
    if (!(network.transport() instanceof Transport.Roce)) {
      return 0;
    }
    return switch (frame.kind()) {
      case ACKNOWLEDGEMENT, OUT_OF_SEQUENCE -> 4;
      case CONGESTION_NOTIFICATION -> 16;
      case DATA, SYN, SYN_ACKNOWLEDGEMENT, FIN -> 0;
    };
  }

  /** The number of the port that feeds the link of this name. */
  int port(String link) {
    return cluster.topology()
        .links()
        .stream()
        .filter(known -> known.name().equals(link))
        .findFirst()
        .orElseThrow()
        .id();
  }

  Connection connect(Protocol protocol, int source, int destination) {
    return new Connection(
        connections++, source, destination, protocol, 40_000 + connections, 5201);
  }

  /** Bytes that go as the transport of the network lets them. */
  Flow bytes(Connection connection, long bytes) {
    return new Flow(flows++, connection, false, bytes, Flow.NEVER_PS);
  }

  /** As much as goes until {@code untilPs}. */
  Flow until(Connection connection, long untilPs) {
    return new Flow(flows++, connection, false, Flow.ENDLESS_BYTES, untilPs);
  }

  /** Datagrams until {@code untilPs}. */
  Flow datagrams(Connection connection, Pace pace, long untilPs) {
    return new Flow(
        flows++, connection, false, Flow.ENDLESS_BYTES, untilPs, Optional.of(pace), false,
        false);
  }

  /** One datagram that leaves at once. */
  Flow datagram(Connection connection, int bytes) {
    return new Flow(
        flows++, connection, false, bytes, Flow.NEVER_PS,
        Optional.of(Pace.every(bytes, 0)), false, false);
  }

  void start(Flow flow) {
    start(flow, () -> {});
  }

  void start(Flow flow, EventHandler delivered) {
    engine.start(flow, delivered);
  }

  /** Lets everything happen until {@code endPs}; then the books must balance. */
  void runUntil(long endPs) {
    simulator.runUntil(endPs);
    audit.check();
    assertThat(engine.books).as("books, which are kept where assertions are enabled").isNotNull();
    engine.books.balance();
  }

  /** Lets everything happen, and ends the run. */
  void runToTheEnd() {
    runUntil(Simulator.LONGEST_RUN_PS);
    engine.end();
  }
}
