package org.podpath.engine.packet;

import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Switch;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.CpuMeter;
import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.Recorder;
import org.podpath.engine.results.Trace;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.ReceiveHash;
import org.podpath.engine.traffic.TrackedConnections;

/** Plays every frame on every link and every service of every core. */
public final class PacketEngine implements Engine {
  /** Links that a way from one network card to another may cross. */
  public static final int MOST_LINKS = Frame.MOST_HOPS;

  final Simulator simulator;
  final Cluster cluster;
  final Network network;
  final CpuMeter meter;
  final TrackedConnections tracked;
  final NetworkPaths paths;
  final ReceiveHash hash;
  /** Null where no assertions are enabled. */
  final Books books;
  final Ports ports;
  final Ways ways;
  /** Null where pods are at the network card. */
  final Between between;
  private final Router router;
  final boolean hostsAreFree;
  private final boolean guests;
  private final boolean steers;
  /** What a frame takes on the wire beside its payload. */
  final int frameOverheadBytes;
  /** Full segments that GRO of pods joins at most. */
  final int joinedSegments;
  /** Payload that guests hand over at once at most, in full frames; 0 where pods hand over frames. */
  final int handedBytes;
  private final Recorder recorder;
  private final Optional<Trace> trace;
  /** Null where nobody listens. */
  private final Capture capture;
  private final Reports reports;
  private final DeadlockDetector deadlocks = new DeadlockDetector(this);
  final HostCpus cpus;
  /** By pod; null where there is none, or none of all. */
  private final RateLimiter[] limiters;
  private final Channels channels = new Channels(this);
  private long dataHops;
  private long answerHops;

  /**
   * An engine with nothing under way.
   *
   * @param recorder told of every flow that ends, and at the end of what CPUs and links did
   * @param trace told of every service, if wanted
   * @param tap shown every frame at the end of every link, if wanted
   */
  public PacketEngine(
      Simulator simulator,
      Cluster cluster,
      Network network,
      Recorder recorder,
      Optional<Trace> trace,
      Optional<FrameTap> tap) {
    this.simulator = simulator;
    this.cluster = cluster;
    this.network = network;
    this.recorder = recorder;
    this.trace = trace;
    hostsAreFree = network.isFree();
    frameOverheadBytes = network.frameOverheadBytes();
    guests = network.cni().crossesVhost();
    steers = network.cni().receive().isSteered();
    joinedSegments = guests || steers ? 1 : network.joinedSegments();
    handedBytes = guests ? handedBytes() : 0;
    meter = new CpuMeter(cluster, network);
    tracked = new TrackedConnections(cluster, network.cni());
    paths = new NetworkPaths(network);
    hash = new ReceiveHash(cluster, network);
    capture = tap.map(shown -> new Capture(this, shown)).orElse(null);
    router = Router.of(simulator, cluster.topology());
    books = Books.of(this);
    ports = new Ports(this, capture == null && router == null);
    assert books.openPorts(ports);
    ways = new Ways(ports);
    between = between();
    reports = new Reports(this, recorder);
    cpus = new HostCpus(this, guests, steers);
    limiters = limiters();
  }

  /** Packets are as large as headers can tell; where a full frame is, it is one. */
  private int handedBytes() {
    int segments = (Frame.MOST_WIRE_BYTES - frameOverheadBytes) / network.segmentBytes();
    return Math.max(1, segments) * network.segmentBytes();
  }

  private RateLimiter[] limiters() {
    if (cluster.tenants().stream().allMatch(tenant -> tenant.limit().isEmpty())) {
      return null;
    }
    return cluster.pods()
        .stream()
        .map(
            pod -> cluster.limit(pod.id()).map(limit -> new RateLimiter(this, limit)).orElse(null))
        .toArray(RateLimiter[]::new);
  }

  private Between between() {
    if (guests) {
      return new GuestWays(this);
    }
    if (steers) {
      return new SteeredWays(this);
    }
    return network.cni().polls() ? new PolledWays(this) : null;
  }

  /**
   * Frames delivered over a link so far, those that answer data included, and those on their way to a
   * kernel that polls.
   */
  public long packetHops() {
    return dataHops + answerHops;
  }

  /** Frames with data delivered over a link so far. */
  public long dataHops() {
    return dataHops;
  }

  @Override
  public void start(Flow flow, EventHandler delivered) {
    Channel channel = channels.of(flow);
    boolean message = flow.bytes() <= network.stack().superPacketBytes();
    Transfer transfer = new Transfer(flow, delivered, simulator.nowPs(), message);
    channel.carrier.add(transfer);
    if (flow.untilPs() != Flow.NEVER_PS) {
      simulator.after(flow.untilPs() - simulator.nowPs(), () -> timeUp(channel, transfer));
    }
  }

  @Override
  public void agent(int host, double hostPs, EventHandler done) {
    cpus.agents(host).work(hostPs, done);
  }

  private void timeUp(Channel channel, Transfer transfer) {
    if (!transfer.over) {
      reports.cut(channel, transfer);
      channel.carrier.cut(transfer);
      finish(channel, transfer, channel.carrier.deliveredBytes(transfer), true);
      channel.carrier.deliver(channel.carrier.deliveredOffset());
    }
  }

  @Override
  public void end() {
    channels.look();
    for (Channel channel : channels.all()) {
      reports.unfinished(channel);
    }
    tracked.notes().forEach(recorder::note);
    cpus.noteFullRings(reports);
    reports.droppedAtSockets(channels.all());
    reports.pressedOut();
    reports.silent();
    if (between != null) {
      between.noteFullRings(reports);
    }
    cpus.report(recorder);
    window();
  }

  @Override
  public void window() {
    assert books.balance();
    reports.links();
    meter.report(recorder, simulator.nowPs());
  }

  void finish(Channel channel, Transfer transfer, long deliveredBytes, boolean complete) {
    transfer.over = true;
    reports.flow(channel, transfer, deliveredBytes, complete);
    transfer.delivered.handle();
  }

  /** A frame has come to the end of a link at {@code nowPs}. */
  void arrived(int over, long nowPs, long header, long sequence, long extra) {
    assert books.leftPort(over, nowPs, header);
    if (capture != null) {
      capture.show(over, header, sequence, extra);
    }
    count(header);
    int next = ways.hop(Frame.direction(header), Frame.hop(header) + 1);
    if (next >= 0) {
      if (router != null) {
        next = chosen(over, header);
      }
      ports.send(next, over, nowPs, Frame.oneHopOn(header), sequence, extra);
    } else if (between != null) {
      between.arrived(header, sequence, extra);
    } else {
      atPod(header, sequence, extra);
    }
  }

  private void count(long header) {
    if (Frame.answers(header)) {
      answerHops++;
    } else {
      dataHops++;
    }
  }

  /**
   * A frame is on its last link and nobody watches it on its way: a kernel that polls is told when it will
   * come. False where none does, or where it has not come to its last link.
   */
  boolean expected(int over, long arrivalPs, long header, long sequence, long extra) {
    ReceiveQueue queue = channels.queue(header);
    if (queue == null || ways.hop(Frame.direction(header), Frame.hop(header) + 1) >= 0) {
      return false;
    }
    count(header);
    assert books.leftPort(over, simulator.nowPs(), header);
    assert between != null || books.cameToPod(header);
    queue.expect(arrivalPs, header, sequence, extra);
    return true;
  }

  /** The port of the link that a frame came over last. */
  int lastLink(long header) {
    return ways.hop(Frame.direction(header), Frame.hop(header));
  }

  /** A frame has come to the pod that it is for, or to its host's kernel. */
  void atPod(long header, long sequence, long extra) {
    assert books.cameToPod(header);
    channel(header).carrier.arrived(header, sequence, extra);
  }

  private int chosen(int over, long header) {
    Channel channel = channel(header);
    Pod to = Frame.answers(header) ? channel.source : channel.destination;
    int node = ports.link(over).to();
    return router.link(header, Frame.hop(header) + 1, node, cluster.topology().card(to));
  }

  /** A frame was dropped in front of {@code port}. */
  void dropped(int port, long header, long sequence) {
    assert books.droppedAtPort(port, header);
    channel(header).lastDropAt = port;
    gone(header, sequence);
  }

  /** A frame was dropped within its host. */
  void lost(long header, long sequence) {
    channel(header).lastDropAt = Channel.IN_A_HOST;
    gone(header, sequence);
  }

  private void gone(long header, long sequence) {
    if (channel(header).carrier instanceof Datagrams datagrams) {
      datagrams.lost(header, sequence);
    }
  }

  /** A port was told to wait. */
  void paused(int trafficClass) {
    List<String> circle = deadlocks.circle(trafficClass);
    if (!circle.isEmpty()) {
      recorder.stuck("ports wait for each other: " + String.join(" > ", circle));
      simulator.stop();
    }
  }

  /** A transport waited for an answer in vain. */
  void timedOut() {
    for (int trafficClass = 0; trafficClass < PortQueues.Scheduling.CLASSES; trafficClass++) {
      paused(trafficClass);
    }
  }

  /** When the switch at {@code node} pauses. */
  PortQueues.Pause pauseAt(int node) {
    Switch at = cluster.topology().switchAt(node);
    return at.queues().pause().orElseThrow();
  }

  Channel channel(long header) {
    return channels.of(header);
  }

  void loadedRoundTrip(Channel channel, long roundTripPs) {
    recorder.loadedRoundTrip(channel.source, channel.destination, roundTripPs);
  }

  void trace(Host host, int cpu, String what, long flow, long bytes) {
    if (trace.isPresent()) {
      trace.get().event(simulator.nowPs(), host.name() + ".cpu" + cpu, what, flow, bytes);
    }
  }

  /** What limits the virtual function of a pod; null where nothing does. */
  RateLimiter limiter(int pod) {
    return limiters == null ? null : limiters[pod];
  }
}
