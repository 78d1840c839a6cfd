package org.podpath.engine.packet;

import java.util.Arrays;
import java.util.List;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.Poller;
import org.podpath.engine.traffic.Protocol;

/**
 * Switches of hosts on cores that poll, between the pods and the wire: frames pass them when they leave
 * a host and when they come to one, and once where they stay in it.
 */
final class PolledWays implements Between {
  final PacketEngine engine;
  private final PollingCore[][] cores;
  /** By direction of channels: where frames leave their host. */
  private PollerStop[] first = new PollerStop[32];
  /** Where they come to another one; null where they stay. */
  private PollerStop[] second = new PollerStop[32];

  PolledWays(PacketEngine engine) {
    this.engine = engine;
    List<Host> hosts = engine.cluster.topology().hosts();
    cores = new PollingCore[hosts.size()][];
    for (Host host : hosts) {
      cores[host.id()] = new PollingCore[host.cpus()];
    }
  }

  @Override
  public void lay(Channel channel) {
    int data = 2 * channel.index;
    if (data + 1 >= first.length) {
      first = Arrays.copyOf(first, data + data / 4 + 2);
      second = Arrays.copyOf(second, first.length);
    }
    int source = channel.source.id();
    int destination = channel.destination.id();
    lay(data, channel, pollers(source, destination, channel.dataHash()));
    lay(data + 1, channel, pollers(destination, source, channel.answerHash()));
  }

  private List<Poller> pollers(int source, int destination, int hash) {
    return Poller.on(engine.cluster, engine.paths, source, destination, hash);
  }

  private void lay(int direction, Channel channel, List<Poller> pollers) {
    first[direction] = stop(channel, pollers.getFirst());
    second[direction] = pollers.size() == 1 ? null : stop(channel, pollers.getLast());
  }

  private PollerStop stop(Channel channel, Poller poller) {
    Host host = poller.host();
    PollingCore[] ofHost = cores[host.id()];
    if (ofHost[poller.cpu()] == null) {
      ofHost[poller.cpu()] =
          new PollingCore(engine.simulator, this, host.profile().ringFrames());
    }
    int overheadBytes =
        channel.connection.protocol() == Protocol.UDP
            ? engine.network.datagramOverheadBytes()
            : engine.network.frameOverheadBytes();
    return new PollerStop(
        ofHost[poller.cpu()],
        poller.turn(),
        engine.meter
            .usage(host, poller.cpu(), channel.tenant(), poller.turn().segment()),
        overheadBytes);
  }

  /** A pod hands a frame to the switch of its host. */
  @Override
  public void send(long header, long sequence, long extra) {
    PollerStop stop = first[Frame.direction(header)];
    stop.core.send(stop, header, sequence, extra);
  }

  /** The switch of a host has taken a frame of one of its pods. */
  void sent(long header, long sequence, long extra) {
    int direction = Frame.direction(header);
    first[direction].charge(header);
    if (second[direction] == null) {
      engine.atPod(header, sequence, extra);
    } else {
      engine.channel(header).toCard(header, sequence, extra);
    }
  }

  @Override
  public ReceiveQueue queue(int direction) {
    return null;
  }

  @Override
  public void arrived(long header, long sequence, long extra) {
    PollerStop stop = second[Frame.direction(header)];
    if (!stop.core.receive(stop, header, sequence, extra)) {
      engine.lost(header, sequence);
    }
  }

  /** The switch of its host has taken it. */
  void received(long header, long sequence, long extra) {
    second[Frame.direction(header)].charge(header);
    engine.atPod(header, sequence, extra);
  }

  @Override
  public boolean stays(Channel channel) {
    return second[2 * channel.index] == null;
  }

  @Override
  public long queuedBytes(Channel channel) {
    return first[2 * channel.index].core.queuedBytes();
  }

  @Override
  public long drainPs(Channel channel, long bytes) {
    return first[2 * channel.index].core.drainPs(bytes);
  }

  @Override
  public void noteFullRings(Reports reports) {
    for (Host host : engine.cluster.topology().hosts()) {
      PollingCore[] ofHost = cores[host.id()];
      for (int cpu = 0; cpu < ofHost.length; cpu++) {
        if (ofHost[cpu] != null && ofHost[cpu].dropped() > 0) {
          reports.droppedInRing(host, cpu, ofHost[cpu].dropped());
        }
      }
    }
  }
}
