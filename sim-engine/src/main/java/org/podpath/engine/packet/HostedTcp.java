package org.podpath.engine.packet;

import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Transport;

/**
 * TCP through the kernels of two hosts, or of one: what is sent waits for the sender's core, what
 * arrives for a poll, what has arrived for its reader.
 */
final class HostedTcp extends Carrier {
  /** Linux, include/net/tcp.h, TCP_DELACK_MIN: an acknowledgement waits so long for a reply. */
  private static final long DELAYED_PS = 40_000_000_000L;

  final boolean local;
  final TcpSender tcp;
  final TcpReceiver arrivals = new TcpReceiver();
  /** Of the bytes that wait for the reader. */
  final QueueBook socket;
  final Sender sender;
  /** Null within a host, where the sender's core does its part. */
  final Receiver receiver;
  final Reader reader;
  final ReceiveQueue dataQueue;
  final ReceiveQueue answerQueue;
  final Transport.Tcp transport;
  final int overheadBytes;
  /** Payload of a full frame; within a host, where nothing is cut, of a super-packet. */
  final int segmentBytes;
  final Host from;
  final Host to;
  private final int sendCpu;
  private final int readCpu;
  private final long dataHeader;
  private final long answerHeader;
  private long delayedUntilPs = NEVER_PS;
  private boolean closing;
  /** Whether the connection has a place in the tables of both hosts. */
  private boolean trackedHere;
  private boolean trackedThere;
  /** Bytes before it the sender knows that it may send. */
  private long toldEdge;

  HostedTcp(Channel channel, Transport.Tcp transport) {
    super(channel);
    this.transport = transport;
    toldEdge = transport.windowBytes();
    Cluster cluster = engine.cluster;
    int source = channel.source.id();
    int destination = channel.destination.id();
    from = cluster.hostOf(source);
    to = cluster.hostOf(destination);
    overheadBytes = engine.frameOverheadBytes;
    socket = engine.books == null ? null : socket();
    int softirqCpu = channel.dataCpu;
    int answerCpu = channel.answerCpu;
    dataQueue = engine.cpus.queue(to, softirqCpu);
    answerQueue = engine.cpus.queue(from, answerCpu);
    sendCpu = cluster.sendCpu(source);
    readCpu = cluster.receiveCpu(destination);
    long markable = transport.markable() ? Frame.MARKABLE : 0;
    dataHeader = channel.header(Frame.DATA, overheadBytes) | markable;
    answerHeader = channel.header(Frame.ACKNOWLEDGEMENT, overheadBytes);
    HostPaths send = engine.paths.on(from.profile());
    HostPaths receive = engine.paths.on(to.profile());
    CpuThread sending = engine.cpus.thread(channel.source, sendCpu);
    CpuThread reading = engine.cpus.thread(channel.destination, readCpu);
    local = from.id() == to.id() && send.local().isPresent();
    segmentBytes =
        local ? engine.network.stack().superPacketBytes() : engine.network.segmentBytes();
    tcp = new TcpSender(local ? unlimited() : transport, segmentBytes);
    if (local) {
      HostPaths.Local way = send.local().orElseThrow();
      sender =
          new Sender(
              this,
              sending,
              tally(from, sendCpu, way.stream().get(0)),
              tally(from, sendCpu, way.message().get(0)),
              tally(from, sendCpu, way.acknowledgement()));
      reader =
          new Reader(
              this,
              reading,
              tally(to, readCpu, way.stream().get(1)),
              tally(to, readCpu, way.message().get(1)),
              tally(to, readCpu, way.acknowledgement()));
      receiver = null;
      return;
    }
    sender =
        new Sender(
            this,
            sending,
            tally(from, sendCpu, send.streamSend()),
            tally(from, sendCpu, send.messageSend()),
            tally(from, answerCpu, send.acknowledgementReceive()));
    reader =
        new Reader(
            this,
            reading,
            tally(to, readCpu, receive.streamReceive().get(1)),
            tally(to, readCpu, receive.messageReceive().get(1)),
            tally(to, readCpu, receive.acknowledgementSend()));
    receiver =
        new Receiver(
            this,
            tally(to, softirqCpu, receive.streamReceive().get(0)),
            tally(to, softirqCpu, receive.messageReceive().get(0)),
            tally(to, softirqCpu, receive.acknowledgementSend()),
            reader);
  }

  private QueueBook socket() {
    QueueBook.Word word =
        new QueueBook.Word(
            "socket of " + channel.path(), () -> arrivals.next() - reader.readOffset(), () -> 0,
            () -> 0);
    return engine.books.inPod(word);
  }

  /** Nothing is lost within a host, so only the receiver's buffer limits. */
  private Transport.Tcp unlimited() {
    return new Transport.Tcp(
        Transport.Control.RENO, 1 << 20, transport.windowBytes(), transport.leastTimeoutPs());
  }

  private Tally tally(Host host, int cpu, Segment segment) {
    return new Tally(engine.meter.usage(host, cpu, channel.tenant(), segment));
  }

  @Override
  void goOn() {
    if (tcp.first() == tcp.next()) {
      tcp.wakeUp(engine.simulator.nowPs());
    }
    sender.offer();
  }

  @Override
  void reopen() {
    trackedHere = false;
    trackedThere = false;
    tcp.reopen();
    sender.reopen();
    if (!local) {
      receiver.reopen();
    }
  }

  @Override
  void close() {
    closing = !local;
    long nowPs = engine.simulator.nowPs();
    engine.tracked.close(channel.source.id(), nowPs);
    if (!local) {
      engine.tracked.close(channel.destination.id(), nowPs);
    }
    sender.offer();
  }

  /** A frame without payload that the sender's core has to make: a SYN or a FIN; −1: none. */
  int controlDue() {
    if (handshake.due()) {
      return Frame.SYN;
    }
    return closing ? Frame.FIN : -1;
  }

  /** The sender's core has made a frame without payload. */
  void emitControl(int kind) {
    if (kind == Frame.SYN) {
      handshake.sent(engine.simulator.nowPs());
      wakeBy(handshake.deadlinePs());
      trackedHere = trackedHere || track(channel.source);
      if (!trackedHere) {
        return;
      }
    } else {
      closing = false;
    }
    if (local) {
      handshake.answered();
      return;
    }
    channel.sendPacket(
        channel.header(kind, overheadBytes), tcp.next(), 0, segmentBytes, 0, true);
  }

  @Override
  boolean sendsNow() {
    return sender.sendsNow();
  }

  /** Hands {@code bytes} from {@code offset} over, in full frames and a last one. */
  void emit(long offset, long bytes, long flags, boolean ends) {
    long piggyback = 0;
    long header = dataHeader | flags;
    if (channel.opposite != null && channel.opposite.carrier instanceof HostedTcp other) {
      piggyback = other.arrivals.next();
      header = Frame.withWindow(header, other.windowShares());
      other.answered();
    }
    boolean isShort = (flags & Frame.MESSAGE) != 0;
    channel.sendPacket(
        ends ? header | Frame.LAST : header, offset, bytes, segmentBytes, piggyback, isShort);
    wakeBy(tcp.deadlinePs());
  }

  private boolean track(Pod pod) {
    return engine.tracked.open(pod.id(), engine.simulator.nowPs());
  }

  /** Answers a SYN, if the connection finds a place in the table of its host. */
  void greetBack() {
    trackedThere = trackedThere || track(channel.destination);
    if (trackedThere) {
      channel.sendAnswer(
          channel.header(Frame.SYN_ACKNOWLEDGEMENT, overheadBytes), arrivals.next(), 0);
    }
  }

  /** Sends an acknowledgement of everything before {@code offset}. */
  void acknowledge(long offset, long told, boolean echo) {
    long header = Frame.withWindow(answerHeader, windowShares());
    channel.sendAnswer(echo ? header | Frame.ECHOES : header, offset, told);
    if (offset >= arrivals.next()) {
      answered();
    }
  }

  /** The sender has been told of all that arrived, or is about to be. */
  void answered() {
    delayedUntilPs = NEVER_PS;
    receiver.answered();
    toldEdge = Math.max(toldEdge, arrivals.next() + windowBytes());
  }

  /** What the receiver takes beyond what has arrived, as it is told. */
  private long windowBytes() {
    return windowBytesAt(reader.readOffset());
  }

  private long windowBytesAt(long readOffset) {
    return transport.windowBytes() * windowShares(readOffset) / Frame.WINDOW_SHARES;
  }

  /** Room in the receiver's buffer, in shares of it. */
  int windowShares() {
    return windowShares(reader.readOffset());
  }

  private int windowShares(long readOffset) {
    long windowBytes = transport.windowBytes();
    long room = windowBytes - (arrivals.next() - readOffset);
    return (int) Math.max(0, room * Frame.WINDOW_SHARES / windowBytes);
  }

  /**
   * Whether the reader, when it will have read everything before {@code readOffset}, acknowledges: a
   * push, or that reading has made room. If the sender knows of less than half the buffer, and of less
   * than half of the room, it is told (Linux, net/ipv4/tcp.c, tcp_cleanup_rbuf).
   *
   * @param all whether nothing is left to read then
   */
  boolean answersReading(long readOffset, boolean all) {
    if (local) {
      return false;
    }
    long known = toldEdge - arrivals.next();
    return all && receiver.pushed() && !answersRide()
        || 2 * known < transport.windowBytes() && 2 * known <= windowBytesAt(readOffset);
  }

  /** Whether data goes back, which carries acknowledgements. */
  boolean answersRide() {
    return channel.opposite != null && channel.opposite.carrier.sentOffset() > 0;
  }

  /** Within a host the sender knows at once of what was read. */
  void acknowledgeLocally() {
    acknowledged(Frame.withWindow(0, windowShares()), reader.readOffset(), 0);
  }

  /** Bytes before it wait in the socket, or have been read. */
  long readableOffset() {
    return local ? arrivals.next() : receiver.readableOffset();
  }

  /** The sender's core has put {@code bytes} into the socket queue of a pod of its host. */
  void arrivedLocally(long bytes, boolean ofMessage, boolean ends) {
    arrivals.arrived(arrivals.next(), (int) bytes);
    assert engine.books.cameToSocket(socket, arrivals.next());
    reader.take(ofMessage ? 0 : 1, ofMessage && ends ? 1 : 0, ofMessage ? bytes : 0);
  }

  /** Something has come that nothing has told the sender of. */
  void delayAnswer() {
    if (delayedUntilPs == NEVER_PS) {
      delayedUntilPs = engine.simulator.nowPs() + DELAYED_PS;
      wakeBy(delayedUntilPs);
    }
  }

  @Override
  void arrived(long header, long sequence, long extra) {
    queue(Frame.answers(header)).expect(engine.simulator.nowPs(), header, sequence, extra);
  }

  @Override
  ReceiveQueue queue(boolean answers) {
    return answers ? answerQueue : dataQueue;
  }

  @Override
  PollEnd pollEnd(long header) {
    return Frame.answers(header) ? sender : receiver;
  }

  /** A poll at the sender is over that took this acknowledgement, or data that carried it. */
  void acknowledged(long header, long offset, long told) {
    if (Frame.kind(header) == Frame.SYN_ACKNOWLEDGEMENT) {
      handshake.answered();
      sender.offer();
      return;
    }
    long window = transport.windowBytes() * Frame.windowShares(header) / Frame.WINDOW_SHARES;
    boolean heard =
        tcp.acknowledged(
            offset,
            TcpReceiver.from(offset, told),
            TcpReceiver.to(offset, told),
            window,
            Frame.has(header, Frame.ECHOES),
            engine.simulator.nowPs());
    if (heard) {
      channel.loadedRoundTrip(tcp.takeSamplePs());
      sender.offer();
    }
  }

  @Override
  void timeHasCome() {
    long nowPs = engine.simulator.nowPs();
    handshake.look(nowPs);
    if (!local && tcp.deadlinePs() <= nowPs) {
      tcp.giveUpWaiting(nowPs);
      engine.timedOut();
    }
    if (delayedUntilPs <= nowPs) {
      acknowledge(arrivals.next(), 0, false);
    }
    if (!tcp.isDead()) {
      sender.offer();
    }
    if (!local) {
      wakeBy(Math.min(handshake.deadlinePs(), Math.min(tcp.deadlinePs(), delayedUntilPs)));
    }
  }

  void traceSend(long flow, long bytes) {
    engine.trace(from, sendCpu, "sends", flow, bytes);
  }

  void traceRead(Transfer transfer, long bytes) {
    if (transfer != null) {
      engine.trace(to, readCpu, "reads", transfer.flow.id(), bytes);
    }
  }

  @Override
  long sentOffset() {
    return tcp.next() + sender.plannedBytes();
  }

  @Override
  long deliveredOffset() {
    return reader.readOffset();
  }

  @Override
  long receivedOffset() {
    return arrivals.next();
  }

  @Override
  boolean hasGivenUp() {
    return tcp.isDead();
  }

  @Override
  int waitsInVain() {
    return Math.max(tcp.timeouts(), handshake.retries());
  }

  @Override
  long retransmissions() {
    return tcp.retransmissions();
  }
}
