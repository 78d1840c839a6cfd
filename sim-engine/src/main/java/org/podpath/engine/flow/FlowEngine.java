package org.podpath.engine.flow;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.CpuMeter;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.Recorder;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.ReceiveHash;
import org.podpath.engine.traffic.TrackedConnections;

/** Computes the rates of streams and the times of messages, instead of playing packets. */
public final class FlowEngine implements Engine {
  private final Simulator simulator;
  private final Cluster cluster;
  private final Network network;
  private final NetworkPaths paths;
  private final ReceiveHash hash;
  private final Recorder recorder;
  private final CpuMeter meter;
  private final LinkMeter linkMeter;
  private final HostAgents agents;
  private final Resources resources;
  private final TrackedConnections tracked;
  private final StreamRates streams;
  private final CpuStates cpus;
  private final LinkStates links;
  private final StreamLosses losses;
  private final StreamWaits waits;
  private final MessageLoad load;
  private final MessagePasses messages;
  private final TreeMap<Long, Direction> directions = new TreeMap<>();
  /** Pods of which flows have begun or that are played by others. */
  private final BitSet taken = new BitSet();
  private boolean anyStream;
  private final TreeMap<Long, Transfer> open = new TreeMap<>();

  /**
   * An engine with nothing under way.
   *
   * @param recorder told of every flow that ends, and at the end of what CPUs and links did
   */
  public FlowEngine(Simulator simulator, Cluster cluster, Network network, Recorder recorder) {
    this(simulator, cluster, network, recorder, StreamRates.Solving.USUAL);
  }

  /** That solves in another way: for tests. */
  FlowEngine(
      Simulator simulator,
      Cluster cluster,
      Network network,
      Recorder recorder,
      StreamRates.Solving solving) {
    this.simulator = simulator;
    this.cluster = cluster;
    this.network = network;
    this.recorder = recorder;
    paths = new NetworkPaths(network);
    hash = new ReceiveHash(cluster, network);
    meter = new CpuMeter(cluster, network);
    agents = new HostAgents(simulator, cluster, meter);
    tracked = new TrackedConnections(cluster, network.cni());
    resources = new Resources(cluster);
    linkMeter = new LinkMeter(cluster, resources);
    streams = new StreamRates(simulator, resources, this::streamEnded, solving);
    cpus = new CpuStates(simulator, cluster, resources, streams);
    load = new MessageLoad(simulator, streams, resources.count());
    losses = new StreamLosses(cluster, network, resources, streams, recorder);
    streams.watch(losses);
    waits = new StreamWaits(streams, resources, simulator.random("flow engine/waits"));
    links =
        new LinkStates(cluster, resources, waits, load, recorder, network.sparseGoFirst());
    messages =
        new MessagePasses(
            simulator, resources,
            new MessagePasses.Contention(
                cpus, links, waits, load, new Quotas(cluster, resources, streams)),
            recorder);
  }

  /**
   * An engine that solves everything anew whenever rates change, and fails where its own solution
   * differs: slow, for tests.
   */
  public static FlowEngine verifying(
      Simulator simulator, Cluster cluster, Network network, Recorder recorder) {
    return new FlowEngine(
        simulator, cluster, network, recorder,
        new StreamRates.Solving(true, Feedback.MOST_TIMES));
  }

  @Override
  public boolean repeats(List<Pod> pods, int period) {
    for (Pod pod : pods) {
      if (taken.get(pod.id())) {
        return false;
      }
    }
    Optional<AlikeHosts> alike = AlikeHosts.of(cluster, network, pods, period);
    alike.ifPresent(hosts -> {
      resources.fold(hosts);
      meter.alike(hosts.all());
      pods.forEach(pod -> taken.set(pod.id()));
      String which = pods.size() == cluster.pods().size() ? "all" : "" + hosts.all().length;
      recorder.note(
          which + " hosts do the same: one was played, and the table flows has its flows alone");
    });
    return alike.isPresent();
  }

  @Override
  public void start(Flow flow, EventHandler delivered) {
    Direction direction = direction(flow);
    long messageBytes =
        flow.pace().map(pace -> pace.datagramBytes()).orElse(network.stack().superPacketBytes());
    boolean message = flow.bytes() <= messageBytes;
    Transfer transfer =
        new Transfer(flow, delivered, direction, simulator.nowPs(), message);
    open.put(flow.id(), transfer);
    if (flow.untilPs() != Flow.NEVER_PS) {
      simulator.after(flow.untilPs() - simulator.nowPs(), () -> timeUp(transfer));
    }
    if (flow.opens()) {
      direction.reopen();
      track(flow);
      messages.handshake(direction, () -> begin(transfer));
    } else {
      begin(transfer);
    }
  }

  /** A full table drops new connections; here they go on, and the user is told. */
  private void track(Flow flow) {
    tracked.open(flow.sourcePod(), simulator.nowPs());
    if (!oneHost(flow)) {
      tracked.open(flow.destinationPod(), simulator.nowPs());
    }
  }

  private void untrack(Flow flow) {
    tracked.close(flow.sourcePod(), simulator.nowPs());
    if (!oneHost(flow)) {
      tracked.close(flow.destinationPod(), simulator.nowPs());
    }
  }

  private boolean oneHost(Flow flow) {
    return cluster.hostOf(flow.sourcePod()).id() == cluster.hostOf(flow.destinationPod()).id();
  }

  private void begin(Transfer transfer) {
    if (!transfer.over) {
      transfer.direction.waiting.add(transfer);
      beginNext(transfer.direction);
    }
  }

  private Direction direction(Flow flow) {
    long key = 2L * flow.connection().id() + (flow.reverse() ? 1 : 0);
    Direction direction = directions.get(key);
    if (direction == null) {
      Connection connection = flow.connection();
      Uncontended way =
          new Uncontended(
              cluster,
              paths,
              flow.sourcePod(),
              flow.destinationPod(),
              new Uncontended.Hashes(
                  hash.of(connection, flow.reverse()), hash.of(connection, !flow.reverse()),
                  ReceiveHash.ofPackets(connection, flow.reverse()),
                  ReceiveHash.ofPackets(connection, !flow.reverse())));
      int tenant = cluster.pods().get(flow.sourcePod()).tenant();
      StreamStart start = new StreamStart(way, network.transport(), network.segmentBytes());
      WayMeter its = new WayMeter(meter, linkMeter, tenant);
      direction = new Direction(way, start, its, flow);
      taken.set(flow.sourcePod());
      taken.set(flow.destinationPod());
      directions.put(key, direction);
      Direction opposite = directions.get(key ^ 1);
      if (opposite != null) {
        opposite.meets(direction);
        direction.meets(opposite);
      }
      losses.way(way);
    }
    return direction;
  }

  /** A stream has its direction to itself; messages follow each other without waiting for the end. */
  private void beginNext(Direction direction) {
    Transfer next = direction.waiting.peek();
    while (next != null && !next.begun) {
      next.begun = true;
      if (!next.message) {
        if (next.flow.pace().isPresent()) {
          beginDatagrams(next);
        } else {
          anyStream = true;
          direction.number(resources);
          direction.begin(next, cpus, simulator.nowPs());
          streams.add(next);
          waits.began(next.leg, simulator.nowPs());
          load.streamsChanged();
        }
        return;
      }
      direction.waiting.remove();
      Transfer message = next;
      long readBytes = direction.isRead() ? message.flow.bytes() : 0;
      messages.start(message, () -> finish(message, message.flow.bytes(), readBytes));
      next = direction.waiting.peek();
    }
  }

  /** Datagrams with a pace of their own make up for a late first one, others do not. */
  private void beginDatagrams(Transfer transfer) {
    DatagramFlow datagrams = transfer.direction.datagrams(transfer, resources);
    transfer.datagrams = datagrams;
    long firstPs = transfer.direction.firstPs();
    simulator.after(
        datagrams.isPaced() ? 0 : firstPs,
        () -> {
          if (!transfer.over) {
            streams.add(transfer);
            load.streamsChanged();
          }
        });
  }

  /** Its bytes have moved: the stream ends when the last of them have taken their way. */
  private void streamEnded(Transfer stream) {
    Direction direction = stream.direction;
    direction.waiting.remove(stream);
    if (stream.datagrams != null) {
      long lastPs = stream.datagrams.lastPs();
      cpus.streams(stream.datagrams.resources(), simulator.nowPs() + lastPs);
      long bytes = stream.flow.bytes();
      long readBytes = stream.datagrams.readBytes(bytes);
      simulator.after(lastPs, () -> finish(stream, bytes, readBytes));
      beginNext(direction);
      load.streamsChanged();
      return;
    }
    waits.ended(stream.leg, simulator.nowPs());
    long lagPs = direction.lagPs(stream, stream.flow.bytes(), simulator.nowPs());
    cpus.streams(stream.leg.use().resources(), simulator.nowPs() + lagPs);
    simulator.after(
        lagPs, () -> finish(stream, stream.flow.bytes(), stream.flow.bytes()));
    beginNext(direction);
    load.streamsChanged();
  }

  private void timeUp(Transfer transfer) {
    if (transfer.over) {
      return;
    }
    transfer.direction.waiting.remove(transfer);
    if (transfer.begun && !transfer.message) {
      streams.remove(transfer);
      transfer.cut(simulator.nowPs());
      if (transfer.leg != null) {
        waits.ended(transfer.leg, simulator.nowPs());
      }
      load.streamsChanged();
    }
    finish(transfer, transfer.sentBytes(), transfer.readBytes());
    beginNext(transfer.direction);
  }

  private void finish(Transfer transfer, long sentBytes, long readBytes) {
    if (!transfer.over) {
      transfer.over = true;
      open.remove(transfer.flow.id());
      record(transfer, sentBytes, readBytes, true);
      if (transfer.flow.closes()) {
        untrack(transfer.flow);
      }
      transfer.delivered.handle();
    }
  }

  private void record(Transfer transfer, long sentBytes, long readBytes, boolean complete) {
    Uncontended way = transfer.direction.uncontended();
    int frameBytes =
        transfer.flow.pace().map(pace -> pace.datagramBytes()).orElse(network.segmentBytes());
    long frames = way.links().isEmpty() ? 0 : Math.ceilDiv(sentBytes, (long) frameBytes);
    int wrappedBytes = network.cni().send().headerBytes() + network.cni().send().tagBytes();
    recorder.flow(
        new FinishedFlow(
            transfer.flow,
            transfer.startPs,
            simulator.nowPs(),
            sentBytes,
            readBytes,
            complete,
            () -> readBytes == 0 ? 0 : way.idealPs(readBytes),
            Math.round((frames + transfer.answers) * wrappedBytes),
            OptionalLong.empty()));
  }

  @Override
  public void end() {
    streams.progress();
    open.values().forEach(transfer -> transfer.cut(simulator.nowPs()));
    report();
    for (Transfer transfer : open.values()) {
      record(transfer, transfer.sentBytes(), transfer.readBytes(), false);
    }
    if (anyStream) {
      paths.twoRates().ifPresent(recorder::note);
    }
    streams.report(recorder, load);
    cpus.report(recorder, simulator.nowPs());
    links.report(simulator.nowPs());
    tracked.notes()
        .forEach(
            note -> recorder.outsideValidity(note + "; the flow engine lets them through"));
  }

  @Override
  public void window() {
    streams.progress();
    report();
  }

  @Override
  public void agent(int host, double hostPs, EventHandler done) {
    agents.work(host, hostPs, done);
  }

  private void report() {
    agents.count();
    meter.report(recorder, simulator.nowPs());
    linkMeter.report(recorder, simulator.nowPs());
  }
}
