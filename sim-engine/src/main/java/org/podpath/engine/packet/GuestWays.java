package org.podpath.engine.packet;

import java.util.Arrays;
import java.util.List;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.Guests;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.traffic.Protocol;

/**
 * Hosts whose pods run in a guest: a vhost thread takes its packets to the card, cut into frames there; a
 * softirq of the host takes frames from the card, and a vhost thread what GRO made of them to the guest.
 */
final class GuestWays implements Between, Below {
  final PacketEngine engine;
  private final VhostThread[][] threads;
  /** Those of the hosts. */
  private final CardQueues queues;
  private final int segmentBytes;
  /** By direction of channels. */
  private Way[] ways = new Way[32];

  /** What one direction of a channel meets between two guests. */
  private record Way(VhostStop send, ReceiveQueue queue, HostKernel kernel, VhostStop deliver) {}

  GuestWays(PacketEngine engine) {
    this.engine = engine;
    segmentBytes = engine.network.segmentBytes();
    List<Host> hosts = engine.cluster.topology().hosts();
    threads = new VhostThread[hosts.size()][];
    queues = new CardQueues(engine, this);
    for (Host host : hosts) {
      threads[host.id()] = new VhostThread[host.cpus()];
    }
  }

  @Override
  public void lay(Channel channel) {
    int data = 2 * channel.index;
    if (data + 1 >= ways.length) {
      ways = Arrays.copyOf(ways, data + data / 4 + 2);
    }
    int source = channel.source.id();
    int destination = channel.destination.id();
    ways[data] = way(channel, guests(source, destination, channel.dataHash(), false), false);
    ways[data + 1] = way(channel, guests(destination, source, channel.answerHash(), true), true);
  }

  private Guests guests(int source, int destination, int hash, boolean answers) {
    return Guests.on(engine.cluster, engine.paths, source, destination, hash, answers)
        .orElseThrow();
  }

  private Way way(Channel channel, Guests guests, boolean answers) {
    boolean connected = answers || channel.reverse;
    int overheadBytes =
        channel.connection.protocol() == Protocol.UDP
            ? engine.network.datagramOverheadBytes()
            : engine.network.frameOverheadBytes();
    VhostStop send =
        new VhostStop(
            thread(guests.from(), guests.sendCpu()), guests.send(),
            tally(channel, guests.from(), guests.sendCpu(), guests.send()), true, overheadBytes,
            segmentBytes, connected);
    HostKernel kernel =
        new HostKernel(
            engine, this, tally(channel, guests.to(), guests.softirqCpu(), guests.receive()),
            overheadBytes, segmentBytes, engine.network.joinedSegments(), connected);
    VhostStop deliver =
        new VhostStop(
            thread(guests.to(), guests.deliverCpu()), guests.deliver(),
            tally(channel, guests.to(), guests.deliverCpu(), guests.deliver()), false,
            overheadBytes, segmentBytes, true);
    return new Way(send, queues.on(guests.to(), guests.softirqCpu()), kernel, deliver);
  }

  private Tally tally(Channel channel, Host host, int cpu, Segment segment) {
    return new Tally(engine.meter.usage(host, cpu, channel.tenant(), segment));
  }

  private VhostThread thread(Host host, int cpu) {
    VhostThread[] ofHost = threads[host.id()];
    if (ofHost[cpu] == null) {
      ofHost[cpu] = new VhostThread(this, new CpuThread(engine.cpus.core(host, cpu), 1, null));
    }
    return ofHost[cpu];
  }

  /** What a frame costs at a vhost thread. */
  VhostStop stop(long header, boolean sends) {
    Way way = ways[Frame.direction(header)];
    return sends ? way.send : way.deliver;
  }

  @Override
  public PollEnd pollEnd(long header) {
    return ways[Frame.direction(header)].kernel;
  }

  @Override
  public void send(long header, long sequence, long extra) {
    ways[Frame.direction(header)].send.thread.send(header, sequence, extra);
  }

  /** A vhost thread has a packet at the card, which cuts it. */
  void sent(long header, long sequence, long extra) {
    int direction = Frame.direction(header);
    if (Frame.answers(header)) {
      engine.channel(header).toCard(header, sequence, extra);
      return;
    }
    int overheadBytes = ways[direction].send.overheadBytes();
    int payloadBytes = Frame.wireBytes(header) - overheadBytes;
    int kind = Frame.kind(header);
    boolean isShort =
        kind != Frame.DATA && kind != Frame.DATAGRAM || Frame.has(header, Frame.MESSAGE);
    int frameBytes = kind == Frame.DATA ? segmentBytes : Math.max(1, payloadBytes);
    engine.channel(header)
        .atCard(
            Frame.withWireBytes(header, overheadBytes), sequence, payloadBytes, frameBytes, extra,
            isShort);
  }

  @Override
  public void arrived(long header, long sequence, long extra) {
    queue(Frame.direction(header))
        .expect(engine.simulator.nowPs(), header, sequence, extra);
  }

  @Override
  public ReceiveQueue queue(int direction) {
    return ways[direction].queue;
  }

  @Override
  public void taken(long header, long sequence, long extra) {
    if (!ways[Frame.direction(header)].deliver.thread.deliver(header, sequence, extra)) {
      engine.lost(header, sequence);
    }
  }

  /** A vhost thread has put it into the guest's ring. */
  void delivered(long header, long sequence, long extra) {
    engine.atPod(header, sequence, extra);
  }

  @Override
  public boolean stays(Channel channel) {
    return false;
  }

  @Override
  public long queuedBytes(Channel channel) {
    return ways[2 * channel.index].send.thread.queuedBytes()
        + engine.ports.queuedBytes(channel.firstPort());
  }

  @Override
  public long drainPs(Channel channel, long bytes) {
    VhostStop stop = ways[2 * channel.index].send;
    long atCard = engine.ports.queuedBytes(channel.firstPort());
    long tooMany = queuedBytes(channel) - bytes;
    long ofCard = Math.min(atCard, tooMany);
    return engine.ports.framePs(channel.firstPort(), (int) ofCard)
        + Math.round(stop.ps(tooMany - ofCard));
  }

  @Override
  public void noteFullRings(Reports reports) {
    for (Host host : engine.cluster.topology().hosts()) {
      for (int cpu = 0; cpu < host.cpus(); cpu++) {
        VhostThread thread = threads[host.id()][cpu];
        long dropped =
            queues.dropped(host, cpu) + (thread == null ? 0 : thread.dropped());
        if (dropped > 0) {
          reports.droppedInRing(host, cpu, dropped);
        }
      }
    }
  }
}
