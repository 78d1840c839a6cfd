package org.podpath.engine.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.CpuMeter;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.Recorder;
import org.podpath.engine.results.Trace;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.ReceiveHash;

/** Plays every frame on every wire and every service of every core. */
public final class PacketEngine implements Engine {
  final Simulator simulator;
  final Cluster cluster;
  final Network network;
  final CpuMeter meter;
  final NetworkPaths paths;
  final ReceiveHash hash;
  private final Recorder recorder;
  private final Optional<Trace> trace;
  private final List<Channel> channels = new ArrayList<>();
  private final TreeMap<Long, Channel> channelOf = new TreeMap<>();
  private final CpuCore[][] cores;
  private final ReceiveQueue[][] queues;
  private final Wire[] wires;
  private final Wire[] hairpins;
  private long packetHops;

  /**
   * An engine with nothing under way.
   *
   * @param recorder told of every flow that ends, and at the end of what the CPUs did
   * @param trace told of every service, if wanted
   */
  public PacketEngine(
      Simulator simulator,
      Cluster cluster,
      Network network,
      Recorder recorder,
      Optional<Trace> trace) {
    this.simulator = simulator;
    this.cluster = cluster;
    this.network = network;
    this.recorder = recorder;
    this.trace = trace;
    meter = new CpuMeter(cluster);
    paths = new NetworkPaths(network);
    hash = new ReceiveHash(cluster, network);
    List<Host> hosts = cluster.topology().hosts();
    cores = new CpuCore[hosts.size()][];
    queues = new ReceiveQueue[hosts.size()][];
    for (Host host : hosts) {
      cores[host.id()] = new CpuCore[host.cpus()];
      queues[host.id()] = new ReceiveQueue[host.cpus()];
    }
    wires = new Wire[cluster.topology().links().size()];
    hairpins = new Wire[hosts.size()];
  }

  /** Frames delivered over a link so far. */
  public long packetHops() {
    return packetHops;
  }

  @Override
  public void start(Flow flow, EventHandler delivered) {
    long key = 2L * flow.connection().id() + (flow.reverse() ? 1 : 0);
    Channel channel = channelOf.get(key);
    if (channel == null) {
      if (channels.size() == Frame.MOST_CHANNELS) {
        throw new IllegalStateException("more than " + Frame.MOST_CHANNELS + " channels");
      }
      channel = new Channel(this, channels.size(), flow);
      channels.add(channel);
      channelOf.put(key, channel);
    }
    boolean message = flow.bytes() <= network.stack().superPacketBytes();
    Transfer transfer = new Transfer(flow, delivered, simulator.nowPs(), message);
    channel.receiver.expect(transfer);
    channel.sender.add(transfer);
    if (flow.untilPs() != Flow.NEVER_PS) {
      Channel cutAt = channel;
      simulator.after(flow.untilPs() - simulator.nowPs(), () -> timeUp(cutAt, transfer));
    }
  }

  private void timeUp(Channel channel, Transfer transfer) {
    if (!transfer.over) {
      channel.sender.cut(transfer);
      finish(channel, transfer, channel.receiver.readBytes(transfer), true);
      channel.receiver.settle();
    }
  }

  @Override
  public void end() {
    for (Channel channel : channels) {
      channel.receiver.noteSmallPackets(recorder);
      for (Transfer transfer : channel.receiver.unfinished()) {
        if (!transfer.over) {
          record(channel, transfer, channel.receiver.readBytes(transfer), false);
        }
      }
    }
    meter.report(recorder);
  }

  void finish(Channel channel, Transfer transfer, long deliveredBytes, boolean complete) {
    transfer.over = true;
    record(channel, transfer, deliveredBytes, complete);
    transfer.delivered.handle();
  }

  private void record(Channel channel, Transfer transfer, long deliveredBytes, boolean complete) {
    long frames =
        channel.local ? 0 : Math.ceilDiv(deliveredBytes, (long) network.segmentBytes());
    int wrappedBytes = network.cni().send().headerBytes() + network.cni().send().tagBytes();
    recorder.flow(
        new FinishedFlow(
            transfer.flow,
            transfer.startPs,
            simulator.nowPs(),
            deliveredBytes,
            complete,
            deliveredBytes == 0 ? 0 : channel.uncontended.idealPs(deliveredBytes),
            frames * wrappedBytes));
  }

  /** Hands {@code bytes} of payload to the network card, in full frames and a last one. */
  void send(Channel channel, long bytes) {
    Wire first = channel.dataWires.getFirst();
    int segmentBytes = network.segmentBytes();
    int overheadBytes = network.frameOverheadBytes();
    for (long left = bytes; left > 0; left -= segmentBytes) {
      int payloadBytes = (int) Math.min(left, segmentBytes);
      first.send(Frame.data(channel.index, payloadBytes), payloadBytes + overheadBytes);
    }
  }

  /** Sends an acknowledgement of {@code bytes} against the direction of the channel. */
  void acknowledge(Channel channel, long bytes) {
    channel.acknowledgementWires
        .getFirst()
        .send(Frame.acknowledgement(channel.index, bytes), network.frameOverheadBytes());
  }

  /** A frame has come to the end of a link. */
  void arrived(long frame) {
    packetHops++;
    Channel channel = channel(frame);
    boolean acknowledges = Frame.acknowledges(frame);
    List<Wire> way = acknowledges ? channel.acknowledgementWires : channel.dataWires;
    int next = Frame.hop(frame) + 1;
    if (next < way.size()) {
      long payloadBytes = acknowledges ? 0 : Frame.bytes(frame);
      way.get(next)
          .send(Frame.oneHopOn(frame), (int) payloadBytes + network.frameOverheadBytes());
    } else if (acknowledges) {
      channel.acknowledgementQueue.arrive(frame, channel);
    } else {
      channel.dataQueue.arrive(frame, channel);
    }
  }

  Channel channel(long frame) {
    return channels.get(Frame.channel(frame));
  }

  void loadedRoundTrip(Channel channel, long roundTripPs) {
    recorder.latency(channel.tenant, channel.path, "loaded_rtt", roundTripPs);
  }

  void trace(Host host, int cpu, String what, long flow, long bytes) {
    if (trace.isPresent()) {
      trace.get().event(simulator.nowPs(), host.name() + ".cpu" + cpu, what, flow, bytes);
    }
  }

  CpuCore core(Host host, int cpu) {
    CpuCore core = cores[host.id()][cpu];
    if (core == null) {
      core = new CpuCore(simulator, cluster.shareRatio(host, cpu), host.profile().coldIdlePs());
      cores[host.id()][cpu] = core;
    }
    return core;
  }

  ReceiveQueue queue(Host host, int cpu) {
    ReceiveQueue queue = queues[host.id()][cpu];
    if (queue == null) {
      queue = new ReceiveQueue(this, core(host, cpu), network.cni().receive().moderationPs());
      queues[host.id()][cpu] = queue;
    }
    return queue;
  }

  /** The ports that frames of one hash take from one pod to another. */
  List<Wire> wires(int fromPod, int toPod, int flowHash) {
    long sendPs = network.cni().send().delayPs();
    long receivePs = network.cni().receive().delayPs();
    List<Link> links = cluster.route(fromPod, toPod, flowHash);
    if (links.size() > Frame.MOST_HOPS) {
      throw new IllegalStateException(links.size() + " links from pod " + fromPod + " to " + toPod);
    }
    List<Wire> way = new ArrayList<>();
    for (int hop = 0; hop < links.size(); hop++) {
      Link link = links.get(hop);
      Wire[] made = link.id() < 0 ? hairpins : wires;
      int index = link.id() < 0 ? -1 - link.id() : link.id();
      if (made[index] == null) {
        long extraPs =
            (hop == 0 ? sendPs : 0) + (hop == links.size() - 1 ? receivePs : 0);
        made[index] = new Wire(simulator, this, link, extraPs);
      }
      way.add(made[index]);
    }
    return way;
  }
}
