package org.podpath.engine.packet;

import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Segment;

/**
 * UDP through the kernels of two hosts, or of one: each datagram is a service of the sender's core, a
 * packet of a poll, which GRO joins with no other, and a read.
 *
 * <p>The sender waits while its card has more to send than the socket's send buffer holds. The receiver
 * drops what comes while the socket's queue is full.
 */
final class HostedUdp extends Datagrams implements Service, PollEnd {
  /** Linux, include/net/sock.h, SK_WMEM_MAX: the default of net.core.wmem_default. */
  private static final long SEND_BUFFER_BYTES = 212_992;

  final boolean local;
  private final DatagramReader reader;
  private final CpuThread sender;
  private final Tally send;
  /** What polls have taken. */
  private final Tally receive;
  /** The same of those right behind another of the poll. */
  private final Tally behind;
  /** Whether the host drops what it receives, or sends it on. */
  private final boolean passedOn;
  private final ReceiveQueue queue;
  private boolean offered;
  private boolean sentBefore;
  private boolean receivedBefore;
  private boolean inPart;
  /** The last poll that took a datagram. */
  private long lastPoll = -1;
  private int plannedBytes;

  HostedUdp(Channel channel) {
    super(channel);
    Cluster cluster = engine.cluster;
    int source = channel.source.id();
    int destination = channel.destination.id();
    Host from = cluster.hostOf(source);
    Host to = cluster.hostOf(destination);
    int sendCpu = cluster.sendCpu(source);
    int softirqCpu = channel.dataCpu;
    int readCpu = cluster.receiveCpu(destination);
    HostPaths sending = engine.paths.on(from.profile());
    HostPaths receiving = engine.paths.on(to.profile());
    local = from.id() == to.id() && sending.local().isPresent();
    sender = engine.cpus.thread(channel.source, sendCpu);
    queue = engine.cpus.queue(to, softirqCpu);
    sentBefore = channel.reverse;
    receivedBefore = channel.reverse;
    Segment read =
        local
            ? sending.local().orElseThrow().datagram().get(1)
            : receiving.datagramReceive().get(1);
    reader = new DatagramReader(
        this, engine.cpus.thread(channel.destination, readCpu), tally(to, readCpu, read));
    send =
        tally(from, sendCpu,
            local
                ? sending.local().orElseThrow().datagram().get(0)
                : sending.datagramSend());
    receive = tally(to, softirqCpu, receiving.datagramReceive().get(0));
    behind = tally(to, softirqCpu, receiving.datagramInPoll());
    passedOn = engine.network.cni().receive().ends();
  }

  /** Datagrams that found the queue of the receiver's socket full. */
  long droppedAtSocket() {
    return reader.dropped();
  }

  private Tally tally(Host host, int cpu, Segment segment) {
    return new Tally(engine.meter.usage(host, cpu, channel.tenant(), segment));
  }

  @Override
  long sentOffset() {
    return leftOffset() + plannedBytes;
  }

  @Override
  boolean sendsNow() {
    return plannedBytes > 0;
  }

  @Override
  void goOn() {
    if (offered || outgoing.isEmpty()) {
      return;
    }
    nextBytes();
    long nowPs = engine.simulator.nowPs();
    long freePs = local ? nowPs : nowPs + blockedPs();
    if (duePs() > nowPs || freePs > nowPs) {
      wakeBy(Math.max(duePs(), freePs));
      return;
    }
    offered = true;
    sender.offer(this);
  }

  /** The sender sleeps until half of a full buffer has left (net/core/sock.c, sock_def_write_space). */
  private long blockedPs() {
    if (engine.between != null) {
      return engine.between.queuedBytes(channel) < SEND_BUFFER_BYTES
          ? 0
          : engine.between.drainPs(channel, SEND_BUFFER_BYTES / 2);
    }
    if (channel.limiter() != null && channel.limiter().queuedBytes() >= SEND_BUFFER_BYTES) {
      return channel.limiter().drainPs(channel.limiter().queuedBytes() - SEND_BUFFER_BYTES / 2);
    }
    long queuedBytes = engine.ports.queuedBytes(channel.firstPort());
    return queuedBytes < SEND_BUFFER_BYTES
        ? 0
        : engine.ports.framePs(
            channel.firstPort(), (int) (queuedBytes - SEND_BUFFER_BYTES / 2));
  }

  @Override
  public double beginPs(CpuCore core) {
    int bytes = outgoing.isEmpty() ? 0 : nextBytes();
    if (bytes == 0 || duePs() > engine.simulator.nowPs()) {
      return 0;
    }
    plannedBytes = bytes;
    send.packets = 1;
    send.frames = local ? 0 : 1;
    send.bytes = plannedBytes;
    send.cold = core.takeColdSend();
    send.first = !sentBefore;
    sentBefore = true;
    return send.take();
  }

  @Override
  public void end() {
    offered = false;
    if (plannedBytes > 0) {
      send.charge();
      long sequence = leftOffset();
      boolean isShort = outgoing.element().message;
      long header = leave(plannedBytes);
      if (local) {
        reader.queue(header, sequence);
      } else {
        channel.sendPacket(
            header - plannedBytes, sequence, plannedBytes, plannedBytes, 0, isShort);
      }
      plannedBytes = 0;
    }
    goOn();
  }

  @Override
  void arrived(long header, long sequence, long extra) {
    queue.expect(engine.simulator.nowPs(), header, sequence, extra);
  }

  @Override
  ReceiveQueue queue(boolean answers) {
    return queue;
  }

  @Override
  PollEnd pollEnd(long header) {
    return this;
  }

  @Override
  public boolean joinPart() {
    boolean first = !inPart;
    inPart = true;
    return first;
  }

  @Override
  public boolean take(long header, long sequence, CpuCore core) {
    Tally tally = queue.polls() == lastPoll ? behind : receive;
    lastPoll = queue.polls();
    tally.packets++;
    tally.frames++;
    tally.bytes += Frame.wireBytes(header) - overheadBytes;
    receive.cold |= core.takeColdReceive();
    receive.first |= !receivedBefore;
    receivedBefore = true;
    return true;
  }

  @Override
  public boolean holds() {
    return false;
  }

  @Override
  public void flush(CpuCore core) {}

  @Override
  public double interruptPs() {
    return receive.interruptPs();
  }

  @Override
  public double partPs() {
    return receive.take() + behind.take();
  }

  @Override
  public void arrive(long header, long sequence, long extra) {
    if (passedOn) {
      lost(header, sequence);
    } else {
      reader.queue(header, sequence);
    }
  }

  @Override
  public void endPart() {
    inPart = false;
    receive.charge();
    behind.charge();
  }
}
