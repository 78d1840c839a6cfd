package org.podpath.engine.packet;

import java.util.Arrays;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.Steering;
import org.podpath.engine.traffic.Protocol;

/**
 * Hosts whose kernels steer packets (receive packet steering): the CPU that takes a card's interrupts polls
 * frames, and what GRO has joined waits in the backlog of the CPU that takes it up the stack.
 */
final class SteeredWays implements Between, Below {
  private final PacketEngine engine;
  private final CardQueues queues;
  /** By direction of channels. */
  private Way[] ways = new Way[32];

  private record Way(ReceiveQueue queue, HostKernel kernel) {}

  SteeredWays(PacketEngine engine) {
    this.engine = engine;
    queues = new CardQueues(engine, this);
  }

  @Override
  public void lay(Channel channel) {
    int data = 2 * channel.index;
    if (data + 1 >= ways.length) {
      ways = Arrays.copyOf(ways, data + data / 4 + 2);
    }
    ways[data] = way(channel, channel.destination.id(), channel.dataHash(), false);
    ways[data + 1] = way(channel, channel.source.id(), channel.answerHash(), true);
  }

  private Way way(Channel channel, int pod, int hash, boolean answers) {
    Steering steering =
        Steering.on(engine.cluster, engine.paths, pod, hash, answers).orElseThrow();
    int overheadBytes =
        channel.connection.protocol() == Protocol.UDP
            ? engine.network.datagramOverheadBytes()
            : engine.network.frameOverheadBytes();
    Tally tally =
        new Tally(
            engine.meter.usage(
                steering.host(), steering.cpu(), channel.tenant(), steering.receive()));
    HostKernel kernel =
        new HostKernel(
            engine, this, tally, overheadBytes, engine.network.segmentBytes(),
            engine.network.joinedSegments(), answers || channel.reverse);
    return new Way(queues.on(steering.host(), steering.cpu()), kernel);
  }

  @Override
  public PollEnd pollEnd(long header) {
    return ways[Frame.direction(header)].kernel;
  }

  @Override
  public void send(long header, long sequence, long extra) {
    engine.channel(header).toCard(header, sequence, extra);
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
    engine.atPod(header, sequence, extra);
  }

  @Override
  public boolean stays(Channel channel) {
    return false;
  }

  @Override
  public long queuedBytes(Channel channel) {
    return engine.ports.queuedBytes(channel.firstPort());
  }

  @Override
  public long drainPs(Channel channel, long bytes) {
    return engine.ports.framePs(
        channel.firstPort(), (int) (queuedBytes(channel) - bytes));
  }

  @Override
  public void noteFullRings(Reports reports) {
    for (Host host : engine.cluster.topology().hosts()) {
      for (int cpu = 0; cpu < host.cpus(); cpu++) {
        if (queues.dropped(host, cpu) > 0) {
          reports.droppedInRing(host, cpu, queues.dropped(host, cpu));
        }
      }
    }
  }
}
