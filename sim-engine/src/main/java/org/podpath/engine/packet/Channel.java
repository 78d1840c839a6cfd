package org.podpath.engine.packet;

import java.util.List;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;

/**
 * One direction of a connection: who sends it on which core, over which wires, into which queue,
 * and who reads it. Data and the acknowledgements that answer it belong to the same channel.
 */
final class Channel {
  final int index;
  final PacketEngine engine;
  final Connection connection;
  final boolean reverse;
  final int tenant;
  final String path;
  final boolean local;
  final Uncontended uncontended;
  final Sender sender;
  final Receiver receiver;
  final List<Wire> dataWires;
  final List<Wire> acknowledgementWires;
  final ReceiveQueue dataQueue;
  final ReceiveQueue acknowledgementQueue;
  private final Host from;
  private final Host to;
  private final int sendCpu;
  private final int readCpu;

  Channel(PacketEngine engine, int index, Flow flow) {
    this.engine = engine;
    this.index = index;
    connection = flow.connection();
    reverse = flow.reverse();
    Cluster cluster = engine.cluster;
    Pod source = cluster.pods().get(flow.sourcePod());
    Pod destination = cluster.pods().get(flow.destinationPod());
    tenant = source.tenant();
    path = source.name() + " > " + destination.name();
    int dataHash = engine.hash.of(connection, reverse);
    int answerHash = engine.hash.of(connection, !reverse);
    uncontended =
        new Uncontended(cluster, engine.paths, source.id(), destination.id(), dataHash,
            answerHash);
    local = uncontended.local();
    from = cluster.hostOf(source.id());
    to = cluster.hostOf(destination.id());
    int softirqCpu = cluster.softirqCpu(destination.id(), false, dataHash);
    int answerCpu = cluster.softirqCpu(source.id(), true, answerHash);
    dataWires = engine.wires(source.id(), destination.id(), dataHash);
    acknowledgementWires = engine.wires(destination.id(), source.id(), answerHash);
    dataQueue = engine.queue(to, softirqCpu);
    acknowledgementQueue = engine.queue(from, answerCpu);
    HostPaths send = engine.paths.on(from.profile());
    HostPaths receive = engine.paths.on(to.profile());
    sendCpu = cluster.sendCpu(source.id());
    readCpu = cluster.receiveCpu(destination.id());
    if (local) {
      HostPaths.Local way = send.local().orElseThrow();
      sender =
          new Sender(
              this,
              engine.core(from, sendCpu),
              tally(from, sendCpu, way.stream().get(0)),
              tally(from, sendCpu, way.message().get(0)),
              tally(from, sendCpu, way.acknowledgement()));
      receiver =
          Receiver.local(
              this,
              engine.core(to, readCpu),
              tally(to, readCpu, way.stream().get(1)),
              tally(to, readCpu, way.message().get(1)));
      return;
    }
    sender =
        new Sender(
            this,
            engine.core(from, sendCpu),
            tally(from, sendCpu, send.streamSend()),
            tally(from, sendCpu, send.messageSend()),
            tally(from, answerCpu, send.acknowledgementReceive()));
    receiver =
        new Receiver(
            this,
            engine.core(to, readCpu),
            tally(to, softirqCpu, receive.streamReceive().get(0)),
            tally(to, softirqCpu, receive.messageReceive().get(0)),
            tally(to, softirqCpu, receive.acknowledgementSend()),
            tally(to, readCpu, receive.streamReceive().get(1)),
            tally(to, readCpu, receive.messageReceive().get(1)));
  }

  void traceSend(long flow, long bytes) {
    engine.trace(from, sendCpu, "sends", flow, bytes);
  }

  void traceRead(Transfer transfer, long bytes) {
    if (transfer != null) {
      engine.trace(to, readCpu, "reads", transfer.flow.id(), bytes);
    }
  }

  private Tally tally(Host host, int cpu, Segment segment) {
    return new Tally(segment, engine.meter.usage(host, cpu, tenant, segment));
  }
}
