package org.podpath.engine.flow;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.DatagramWay;
import org.podpath.engine.datapath.Guests;
import org.podpath.engine.datapath.Meetings;
import org.podpath.engine.datapath.Poller;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.engine.datapath.Usage;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Protocol;

/**
 * One direction of a connection: its closed form, what a byte of a stream asks for, and the flows
 * that wait for their turn on it.
 */
final class Direction {
  final ArrayDeque<Transfer> waiting = new ArrayDeque<>();
  private static final double PS_PER_SECOND = 1e12;

  private final Uncontended uncontended;
  private final StreamStart start;
  private final WayMeter meter;
  private final Optional<DatagramWay> datagrams;
  private final int sourcePod;
  private final int destinationPod;
  private final Map<Meetings, StreamDemand> demands = new LinkedHashMap<>();
  private StreamUse use;
  private boolean connected;
  private Places places;
  /** The other one of the connection; null until it has been used. */
  private Direction opposite;
  private boolean sends;
  private long unansweredBytes;

  /**
   * A direction that nothing has used.
   *
   * @param first the flow that will be the first to use it
   */
  Direction(Uncontended uncontended, StreamStart start, WayMeter meter, Flow first) {
    this.uncontended = uncontended;
    this.start = start;
    this.meter = meter;
    sourcePod = first.sourcePod();
    destinationPod = first.destinationPod();
    connected = first.reverse();
    datagrams =
        first.connection().protocol() == Protocol.UDP
            ? Optional.of(new DatagramWay(uncontended))
            : Optional.empty();
  }

  Uncontended uncontended() {
    return uncontended;
  }

  /** What a message of {@code bytes} meets, or a datagram. */
  List<Step> messageSteps(long bytes, boolean coldReceiver) {
    return datagrams.isPresent()
        ? datagrams.get().steps(bytes)
        : uncontended.messageSteps(bytes, coldReceiver);
  }

  /** Bytes that it is on the wire. */
  long wireBytes(long bytes) {
    return datagrams.isPresent()
        ? datagrams.get().wireBytes(bytes)
        : uncontended.wireBytes(bytes);
  }

  /** The other one of the connection. */
  void meets(Direction other) {
    opposite = other;
  }

  /**
   * A short message has been polled.
   *
   * @return whether TCP answers at once: where more than a segment is unanswered (Linux,
   *     net/ipv4/tcp_input.c, __tcp_ack_snd_check), and where no data goes back that could carry the answer
   *     (tcp_enter_quickack_mode; later, when it has been read, net/ipv4/tcp.c, tcp_cleanup_rbuf)
   */
  boolean answers(long bytes) {
    unansweredBytes += bytes;
    boolean rides = opposite != null && opposite.sends;
    boolean answers =
        datagrams.isEmpty() && (!rides || unansweredBytes > uncontended.segmentBytes());
    unansweredBytes = answers ? 0 : unansweredBytes;
    return answers;
  }

  /** Data leaves, which answers all that has come the other way. */
  void sent() {
    sends = true;
    if (opposite != null) {
      opposite.unansweredBytes = 0;
    }
  }

  /** Whether somebody reads what arrives. */
  boolean isRead() {
    return datagrams.isEmpty() || datagrams.get().isRead();
  }

  /** {@code flow} as datagrams that are about to leave. */
  DatagramFlow datagrams(Transfer flow, Resources numbers) {
    return new DatagramFlow(flow, datagrams.orElseThrow(), numbers, meter);
  }

  /** How long the first datagram of a connection keeps its sender longer than others; it is charged. */
  long firstPs() {
    double sendPs = 0;
    if (takeFirst()) {
      for (Step step : messageSteps(1, true)) {
        if (step instanceof Step.Pass pass) {
          meter.usage(pass).addFirst(1);
          double detourPs =
              uncontended.passPs(pass, 1, true) - uncontended.passPs(pass, 1, false);
          sendPs += pass.sends() ? detourPs : 0;
        }
      }
    }
    return Math.round(sendPs);
  }

  /** Finds out which CPUs and links streams take. */
  void number(Resources numbers) {
    if (places == null) {
      use = new StreamUse(sourcePod, destinationPod, numbers);
      places = new Places(uncontended, sourcePod, numbers);
    }
  }

  /** What streams pass; known once it has been numbered. */
  Places places() {
    return places;
  }

  /**
   * What a byte of a stream takes of every CPU and link, and what its window allows.
   *
   * @param meetings as they are told apart
   */
  StreamDemand demand(Meetings meetings) {
    StreamDemand demand = demands.get(meetings);
    if (demand == null) {
      double cap = 1 / uncontended.windowSecondsPerByte();
      demand =
          new StreamDemand(uncontended, uncontended.streams().demands(meetings),
              new StreamDemand.Way(
                  use, cap, meter, uncontended.streams().framePs(meetings),
                  uncontended.streams().togetherBytes(meetings)));
      demands.put(meetings, demand);
    }
    return demand;
  }

  /**
   * A stream that fits into its window never waits for an acknowledgement, so it does not matter to
   * it how long the way back is; a longer one goes as fast as its acknowledgements.
   */
  boolean waitsForAnswers(long bytes) {
    return !uncontended.fitsWindow(bytes);
  }

  /** Bytes of a stream that wait before its tightest resource. */
  double queuedBytes(Transfer stream, double leftBytes, double bytesPerSecond) {
    double window = start.windowBytes(stream.flow.bytes() - leftBytes);
    return Math.max(0, Math.min(window, leftBytes) - underwayBytes(bytesPerSecond));
  }

  /** The window that a stream has at its end. */
  double windowBytes(Transfer stream) {
    return start.windowBytes(stream.flow.bytes());
  }

  /** What of a stream is on its way and does not wait, with its acknowledgements. */
  double underwayBytes(double bytesPerSecond) {
    return bytesPerSecond * uncontended.roundTripSeconds();
  }

  /** The next packet is the first of a connection again. */
  void reopen() {
    connected = false;
    start.reopen();
  }

  /** How long a message that is sent now waits for its window to grow. */
  long stallsPs(long bytes, long nowPs) {
    start.wakeUp(nowPs);
    double stallsPs = start.stallsPs(bytes);
    start.sent(bytes, nowPs);
    return Math.round(stallsPs);
  }

  /** A message goes on its way. */
  void messageCrosses(long bytes) {
    for (Link link : uncontended.links()) {
      meter.crosses(link, wireBytes(bytes));
    }
  }

  /** A stream is about to move its first bytes. */
  void begin(Transfer stream, CpuStates cpus, long nowPs) {
    sent();
    start.wakeUp(nowPs);
    stream.begunPs = nowPs;
    stream.coldSend = cpus.coldRatio(places.sendCpu(), nowPs);
    stream.coldReceive = cpus.coldRatio(places.receiveCpu(), nowPs + places.reachPs());
  }

  /** Whether the flow that begins now is the first of its connection; asking makes it not. */
  boolean takeFirst() {
    boolean first = !connected;
    connected = true;
    return first;
  }

  /** Of a stream that time cuts now: what has been read of what would have moved without a lag. */
  long readBytes(Transfer stream, long nowPs) {
    double movedBytes = stream.flow.bytes() - stream.leftBytes;
    long elapsedPs = nowPs - stream.begunPs;
    if (movedBytes < 1 || elapsedPs <= 0) {
      return 0;
    }
    long bytes =
        start.readBytes(movedBytes, elapsedPs, stream.coldSend, stream.coldReceive);
    lagPs(stream, Math.max(1, bytes), nowPs);
    return bytes;
  }

  /** What a stream whose {@code bytes} have moved takes on top of that. */
  long lagPs(Transfer stream, long bytes, long nowPs) {
    double secondsPerByte = (nowPs - stream.begunPs) / PS_PER_SECOND / bytes;
    StreamStart.Lag lag =
        start.lag(bytes, secondsPerByte, stream.coldSend, stream.coldReceive);
    start.sent(bytes, nowPs);
    boolean first = takeFirst();
    if (!first && lag.coldSends() == 0 && lag.coldReceives() == 0) {
      return Math.round(lag.ps());
    }
    double firstPs = 0;
    for (Step step : uncontended.messageSteps(1, false)) {
      if (step instanceof Step.Pass pass) {
        double coldRatio = pass.sends() ? stream.coldSend : stream.coldReceive;
        Usage usage = meter.usage(pass);
        usage.addCold(pass.sends() ? lag.coldSends() : lag.coldReceives());
        if (first) {
          usage.addFirst(coldRatio);
          firstPs += uncontended.passPs(pass, coldRatio, true);
          firstPs -= uncontended.passPs(pass, coldRatio, false);
        }
      }
    }
    return Math.round(lag.ps() + firstPs);
  }

  /** Who sends data. */
  int sourcePod() {
    return sourcePod;
  }

  /** Whose thread the pass is, or would be if it were one. */
  int pod(Step.Pass pass) {
    return pass.sends() ? sourcePod : destinationPod;
  }

  /** A pass of a message is over. */
  void charge(Step.Pass pass, double coldRatio, boolean first) {
    meter.charge(pass, coldRatio, first);
  }
}
