package org.podpath.engine.packet;

import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Protocol;
import org.podpath.engine.traffic.ReceiveHash;

/**
 * One direction of a connection: who sends, who receives, over which ports. Data and the frames that
 * answer it belong to the same channel.
 */
final class Channel {
  /** In place of a port: no frame was dropped, or the last one by a queue of a host. */
  static final int NEVER = -1;
  static final int IN_A_HOST = -2;

  final int index;
  final PacketEngine engine;
  final Connection connection;
  final boolean reverse;
  final Pod source;
  final Pod destination;
  /** The CPUs that take data and what answers it up the stack. */
  final int dataCpu;
  final int answerCpu;
  final Carrier carrier;
  /** 0 to 7. */
  private final byte trafficClass;
  private Uncontended uncontended;
  /** The other direction of the connection, once it is in use. */
  Channel opposite;
  /** The port that dropped a frame last, or one of the numbers below 0. */
  int lastDropAt = NEVER;
  /** Packets that wait before the network card. */
  int waitingPackets;
  private final Qdisc qdisc;
  /** Frames that went to network cards, both ways, since a flow was told of them last. */
  private int frames;
  /** Segments sent again that flows which have ended were told of. */
  int reportedSentAgain;

  Channel(PacketEngine engine, int index, Flow flow) {
    this.engine = engine;
    this.index = index;
    connection = flow.connection();
    reverse = flow.reverse();
    Cluster cluster = engine.cluster;
    source = cluster.pods().get(flow.sourcePod());
    destination = cluster.pods().get(flow.destinationPod());
    dataCpu =
        cluster.stackCpu(
            destination.id(), false, dataHash(), ReceiveHash.ofPackets(connection, reverse));
    answerCpu =
        cluster.stackCpu(
            source.id(), true, answerHash(), ReceiveHash.ofPackets(connection, !reverse));
    trafficClass = (byte) cluster.tenants().get(source.tenant()).trafficClass();
    engine.ways.lay(2 * index, cluster.route(source.id(), destination.id(), dataHash()));
    engine.ways.lay(2 * index + 1, cluster.route(destination.id(), source.id(), answerHash()));
    if (engine.between != null) {
      engine.between.lay(this);
    }
    qdisc = engine.ports.qdisc(firstPort());
    carrier = carrier();
  }

  /** What of the headers of data decides over links and queues. */
  int dataHash() {
    return engine.hash.of(connection, reverse);
  }

  /** The same of what answers it. */
  int answerHash() {
    return engine.hash.of(connection, !reverse);
  }

  private Carrier carrier() {
    if (connection.protocol() == Protocol.UDP) {
      return engine.hostsAreFree ? new BareUdp(this) : new HostedUdp(this);
    }
    return engine.network
        .transport()
        .map(
            tcp -> engine.hostsAreFree ? new BareTcp(this, tcp) : new HostedTcp(this, tcp),
            roce -> staysInHost() ? new HostedTcp(this, inMemory(roce)) : new Roce(this, roce));
  }

  /** Whether the two pods share memory. */
  private boolean staysInHost() {
    Host host = engine.cluster.hostOf(source.id());
    return source.host() == destination.host()
        && engine.paths.on(host.profile()).local().isPresent();
  }

  /** Nothing is sent, so nothing is lost: of a transport the window is left. */
  private static Transport.Tcp inMemory(Transport.Roce roce) {
    return new Transport.Tcp(
        Transport.Control.RENO, Transport.Tcp.INITIAL_SEGMENTS, roce.windowBytes(),
        roce.leastTimeoutPs());
  }

  /** A header for frames of this channel with nothing but headers in them. */
  long header(int kind, int wireBytes) {
    return Frame.header(index, kind, trafficClass, wireBytes);
  }

  /** What limits the virtual function of the sender; null where nothing does. */
  RateLimiter limiter() {
    return engine.limiter(source.id());
  }

  /** The network card that data leaves by. */
  int firstPort() {
    return engine.ways.hop(2 * index, 0);
  }

  /**
   * Hands a packet of a kernel to the network card, or to what is before it.
   *
   * @param header of its frames, its last one's flags included
   * @param frameBytes payload of a full frame
   * @param isShort whether it goes first where none of the channel waits
   */
  void sendPacket(
      long header, long offset, long bytes, int frameBytes, long extra, boolean isShort) {
    assert engine.books.handedOver(header, bytes);
    RateLimiter limiter = limiter();
    if (limiter != null) {
      limiter.take(this, header, offset, bytes, frameBytes, extra, isShort && waitingPackets == 0);
      return;
    }
    if (engine.handedBytes == 0) {
      atCard(header, offset, bytes, frameBytes, extra, isShort);
      return;
    }
    long marked = isShort ? header | Frame.MESSAGE : header;
    long left = bytes;
    for (; left > engine.handedBytes; left -= engine.handedBytes) {
      leave((marked & ~Frame.LAST) + engine.handedBytes, offset + bytes - left, extra);
    }
    leave(marked + left, offset + bytes - left, extra);
  }

  /** A packet is before the network card, or a switch before it. */
  void atCard(
      long header, long offset, long bytes, int frameBytes, long extra, boolean isShort) {
    if (qdisc == null || isShort && waitingPackets == 0) {
      sendFrames(header, offset, bytes, frameBytes, extra);
    } else {
      qdisc.take(this, header, offset, bytes, frameBytes, extra);
    }
  }

  /** Hands it over in full frames and a last one. */
  void sendFrames(long header, long offset, long bytes, int frameBytes, long extra) {
    long left = bytes;
    for (; left > frameBytes; left -= frameBytes) {
      sendFrame((header & ~Frame.LAST) + frameBytes, offset + bytes - left, extra);
    }
    sendFrame(header + left, offset + bytes - left, extra);
  }

  private void sendFrame(long header, long sequence, long extra) {
    if (engine.handedBytes == 0) {
      leave(header, sequence, extra);
    } else {
      toCard(header, sequence, extra);
    }
  }

  /** Hands a frame with data to the network card, or to what stands before it. */
  void sendData(long header, long sequence, long extra) {
    assert engine.books.handedOver(header, 0);
    RateLimiter limiter = limiter();
    if (limiter != null) {
      limiter.take(this, header, sequence, 0, 1, extra, true);
    } else {
      leave(header, sequence, extra);
    }
  }

  private void leave(long header, long sequence, long extra) {
    if (engine.between != null) {
      engine.between.send(header, sequence, extra);
      return;
    }
    toCard(header, sequence, extra);
  }

  /** A frame of either way is at the network card that it leaves its host by. */
  void toCard(long header, long sequence, long extra) {
    frames++;
    engine.ports.send(
        engine.ways.hop(Frame.direction(header), 0), -1, engine.simulator.nowPs(), header, sequence,
        extra);
  }

  /** Frames that went to network cards, both ways, since this was asked last. */
  int takeFrames() {
    int since = frames;
    frames = 0;
    return since;
  }

  /** The same with a frame that answers data, at the receiver. */
  void sendAnswer(long header, long sequence, long extra) {
    assert engine.books.handedOver(header, 0);
    RateLimiter limiter = engine.limiter(destination.id());
    if (limiter != null) {
      limiter.takeAnswer(header, sequence, extra);
    } else {
      answerAtCard(header, sequence, extra);
    }
  }

  /** It is before the network card, or a switch before it. */
  void answerAtCard(long header, long sequence, long extra) {
    if (engine.between != null) {
      engine.between.send(header, sequence, extra);
      return;
    }
    toCard(header, sequence, extra);
  }

  int tenant() {
    return source.tenant();
  }

  /** Between whom, such as {@code client > server}. */
  String path() {
    return source.name() + " > " + destination.name();
  }

  /** What its flows would take alone. */
  Uncontended uncontended() {
    if (uncontended == null) {
      uncontended =
          new Uncontended(
              engine.cluster, engine.paths, source.id(), destination.id(),
              new Uncontended.Hashes(
                  dataHash(), answerHash(), ReceiveHash.ofPackets(connection, reverse),
                  ReceiveHash.ofPackets(connection, !reverse)));
    }
    return uncontended;
  }

  /** A round trip was measured; 0: none was. */
  void loadedRoundTrip(long roundTripPs) {
    if (roundTripPs > 0) {
      engine.loadedRoundTrip(this, roundTripPs);
    }
  }
}
