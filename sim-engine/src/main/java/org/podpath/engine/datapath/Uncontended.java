package org.podpath.engine.datapath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.Moderation;
import org.podpath.engine.cluster.RateLimit;
import org.podpath.engine.datapath.Segment.Per;

/**
 * The closed form of one direction between two pods: what a byte of a stream asks of every CPU and
 * link, and how long a message takes while nothing else is under way.
 */
public final class Uncontended {
  static final double PS_PER_SECOND = 1e12;
  /** What a played stream is exact to, its fractions being added up: a nanosecond. */
  private static final double ROUNDING_PS = 1000;

  final Cluster cluster;
  final Network network;
  final NetworkPaths paths;
  final Host source;
  final Host destination;
  final int sendCpu;
  final int acknowledgementCpu;
  final int softirqCpu;
  final int readCpu;
  final HostPaths sendPaths;
  final HostPaths receivePaths;
  final boolean local;
  final List<Link> links;
  final List<Link> linksBack;
  private final int sourcePod;
  private final int destinationPod;
  private final StreamWay streams;
  final List<Poller> pollers;
  final List<Poller> pollersBack;
  final Optional<Guests> guests;
  final Optional<Guests> guestsBack;
  final Optional<Steering> steering;
  final Optional<Steering> steeringBack;
  private long idealOfBytes;
  private long idealPs;
  private double tightestSecondsPerByte = Double.NaN;
  /** Null until asked for. */
  private List<Demand> streamDemands;

  /** A share of a resource: either a CPU of a host or a link. */
  public sealed interface Demand {
    /** Fraction of the resource's second that one byte of payload takes, in seconds. */
    double secondsPerByte();

    /** Whether it is time on a wire, or before one, of acknowledgements on their way back. */
    default boolean answers() {
      return false;
    }

    /**
     * CPU time, and the segment it is spent in, with what passes it for each byte of payload.
     *
     * @param coldPerByte packets for each byte that find the core cold
     */
    record OnCpu(Host host, int cpu, Segment segment, Counts perByte, double coldPerByte,
        double secondsPerByte) implements Demand {}

    /** Time on a wire. */
    record OnLink(Link link, boolean answers, double secondsPerByte) implements Demand {}

    /** Time of the virtual function of a pod, at the rate that it may send. */
    record OnFunction(int pod, boolean answers, double secondsPerByte) implements Demand {}
  }

  /** What passes a segment: in all, or for each byte of payload. */
  public record Counts(double interrupts, double packets, double frames, double pieces,
      double bytes) {}

  /** What a message meets, one after the other. */
  public sealed interface Step {
    /** Work on a CPU. */
    record Pass(Host host, int cpu, Segment segment, boolean sends, Counts counts)
        implements Step {
      /** The same as a part of a poll that another interrupt began. */
      public Pass withoutInterrupt() {
        Counts others =
            new Counts(0, counts.packets, counts.frames, counts.pieces, counts.bytes);
        return new Pass(host, cpu, segment, sends, others);
      }
    }

    /**
     * Work on a CPU while the message goes on elsewhere: it costs CPU time, but no time.
     *
     * @param laterPs from now until it begins
     */
    record Beside(Pass pass, long laterPs) implements Step {}

    /**
     * Time on wires, in network cards, before polls and before the interrupt.
     *
     * @param crosses whether the message itself crosses the links, not a frame that answers it
     */
    record Wait(long delayPs, boolean crosses) implements Step {}

    /**
     * A frame in the ring of a card, before its poll: that of a message of one frame.
     *
     * @param delayPs until the interrupt, where no other frame has raised one
     */
    record Ring(long delayPs) implements Step {}
  }

  /**
   * What flows are spread by.
   *
   * @param data of the data frames, for the choice of links and receive queue
   * @param acknowledgements the same of the frames that come back
   * @param dataPackets of the packets with data, for the choice of the CPU they are steered to
   * @param acknowledgementPackets the same of what comes back
   */
  public record Hashes(
      int data, int acknowledgements, int dataPackets, int acknowledgementPackets) {}

  /**
   * From {@code sourcePod} to {@code destinationPod}.
   *
   * @param dataHash hash of the data, frames and packets
   * @param acknowledgementHash the same of what comes back
   */
  public Uncontended(
      Cluster cluster,
      NetworkPaths paths,
      int sourcePod,
      int destinationPod,
      int dataHash,
      int acknowledgementHash) {
    this(
        cluster, paths, sourcePod, destinationPod,
        new Hashes(dataHash, acknowledgementHash, dataHash, acknowledgementHash));
  }

  /** From {@code sourcePod} to {@code destinationPod}. */
  public Uncontended(
      Cluster cluster, NetworkPaths paths, int sourcePod, int destinationPod, Hashes hashes) {
    int dataHash = hashes.data();
    int acknowledgementHash = hashes.acknowledgements();
    this.cluster = cluster;
    this.paths = paths;
    this.sourcePod = sourcePod;
    this.destinationPod = destinationPod;
    network = paths.network();
    source = cluster.hostOf(sourcePod);
    destination = cluster.hostOf(destinationPod);
    sendCpu = cluster.sendCpu(sourcePod);
    acknowledgementCpu =
        cluster.stackCpu(
            sourcePod, true, acknowledgementHash, hashes.acknowledgementPackets());
    softirqCpu =
        cluster.stackCpu(destinationPod, false, dataHash, hashes.dataPackets());
    readCpu = cluster.receiveCpu(destinationPod);
    sendPaths = paths.on(source.profile());
    receivePaths = paths.on(destination.profile());
    boolean oneHost = source.id() == destination.id();
    local = oneHost && sendPaths.local().isPresent();
    pollers = Poller.on(cluster, paths, sourcePod, destinationPod, dataHash);
    pollersBack = Poller.on(cluster, paths, destinationPod, sourcePod, acknowledgementHash);
    guests =
        local
            ? Optional.empty()
            : Guests.on(cluster, paths, sourcePod, destinationPod, dataHash, false);
    guestsBack =
        local
            ? Optional.empty()
            : Guests.on(cluster, paths, destinationPod, sourcePod, acknowledgementHash, true);
    steering =
        local ? Optional.empty() : Steering.on(cluster, paths, destinationPod, dataHash, false);
    steeringBack =
        local
            ? Optional.empty()
            : Steering.on(cluster, paths, sourcePod, acknowledgementHash, true);
    boolean inside = local || oneHost && !pollers.isEmpty();
    links = inside ? List.of() : cluster.route(sourcePod, destinationPod, dataHash);
    linksBack =
        inside ? List.of() : cluster.route(destinationPod, sourcePod, acknowledgementHash);
    streams = new StreamWay(this);
  }

  /** A receive queue of the machine that receives, which has raised no interrupt. */
  public Interrupts interrupts() {
    return new Interrupts(destination.profile(), network.receive());
  }

  /** Whether packets stay in the host's kernel. */
  public boolean local() {
    return local;
  }

  /** The machine that sends. */
  public Host source() {
    return source;
  }

  /** The CPU there that sends. */
  public int sendCpu() {
    return sendCpu;
  }

  /** The CPU there that takes acknowledgements up the stack. */
  public int acknowledgementCpu() {
    return acknowledgementCpu;
  }

  /** The machine that receives. */
  public Host destination() {
    return destination;
  }

  /** The CPU there that takes what arrives up the stack. */
  public int softirqCpu() {
    return softirqCpu;
  }

  /** The CPU there on which the receiver reads. */
  public int readCpu() {
    return readCpu;
  }

  /** The cores that poll on the way of data, in order. */
  public List<Poller> pollers() {
    return pollers;
  }

  /** The hosts that data crosses between two guests. */
  public Optional<Guests> guests() {
    return guests;
  }

  /** The CPU that polls frames of data, where another one takes packets up the stack. */
  public Optional<Steering> steering() {
    return steering;
  }

  /** The links that data crosses; the network card's embedded switch is one with a negative id. */
  public List<Link> links() {
    return List.copyOf(links);
  }

  /** What the virtual function of the sender may send; empty: all that its card does. */
  public Optional<RateLimit> limit() {
    return links.isEmpty() ? Optional.empty() : cluster.limit(sourcePod);
  }

  /** Time of the virtual functions for so many bytes on the wires, forth and back. */
  List<Demand> onFunctions(double forthBytes, double backBytes) {
    List<Demand> demands = new ArrayList<>();
    limit().ifPresent(
        limit -> demands.add(
            new Demand.OnFunction(sourcePod, false, forthBytes * 8 / limit.bitsPerSecond())));
    Optional<RateLimit> back =
        links.isEmpty() ? Optional.empty() : cluster.limit(destinationPod);
    if (backBytes > 0) {
      back.ifPresent(
          limit -> demands.add(
              new Demand.OnFunction(destinationPod, true, backBytes * 8 / limit.bitsPerSecond())));
    }
    return demands;
  }

  /** Whether {@code pass} makes frames that answer what has come. */
  public boolean answersAt(Step.Pass pass) {
    return pass.segment() == receivePaths.acknowledgementSend();
  }

  /** Bytes of such a frame on the wire. */
  public int wireBytesOfAnAnswer() {
    return network.frameOverheadBytes();
  }

  /** The links that acknowledgements cross. */
  public List<Link> linksBack() {
    return List.copyOf(linksBack);
  }

  /**
   * What one byte of a stream asks of every CPU and link when it goes as fast as they let it: how fast
   * frames come decides what polls make of them, and what that costs decides how fast they come, so
   * this much is played.
   */
  public List<Demand> streamDemands() {
    if (streamDemands == null) {
      streamDemands = streams.demands(Meetings.NONE);
    }
    return streamDemands;
  }

  /** What streams ask for beside others. */
  public StreamWay streams() {
    return streams;
  }

  /** The resource that takes longest for a byte, all its parts together. */
  private static double slowestSecondsPerByte(List<Demand> demands) {
    double slowest = 0;
    for (Demand demand : demands) {
      double together =
          demands.stream()
              .filter(other -> sameResource(demand, other))
              .mapToDouble(Demand::secondsPerByte)
              .sum();
      slowest = Math.max(slowest, together);
    }
    return slowest;
  }

  /** Whether cards make and take the frames of streams: an application hears of whole requests. */
  boolean ofCards() {
    return network.transport() instanceof Transport.Roce;
  }

  /** Time in network cards, one way. */
  long cardsPs() {
    return links.isEmpty() ? 0 : network.cni().send().delayPs() + network.cni().receive().delayPs();
  }

  double coldPs(Host host, int cpu, Segment segment) {
    return segment.on(host, cpu).coldExtraPs() / cluster.shareRatio(host, cpu);
  }

  double busyPs(Host host, int cpu, Segment anywhere, Counts passes) {
    Segment segment = anywhere.on(host, cpu);
    double wholeCorePs =
        passes.interrupts * segment.ps(Per.INTERRUPT)
            + passes.packets * segment.ps(Per.PACKET)
            + passes.frames * segment.ps(Per.FRAME)
            + passes.pieces * segment.ps(Per.PIECE)
            + passes.bytes * segment.ps(Per.BYTE);
    return wholeCorePs / cluster.shareRatio(host, cpu);
  }

  /**
   * What a message of {@code bytes} meets while nothing else is under way.
   *
   * @param coldReceiver whether its first frame finds the receiving core cold: while that takes
   *     longer, more frames wait for the next poll
   */
  public List<Step> messageSteps(long bytes, boolean coldReceiver) {
    return MessageSteps.message(this, bytes, coldReceiver);
  }

  /** What opening a connection meets before its first byte may go (RFC 9293 section 3.5). */
  public List<Step> handshakeSteps() {
    return MessageSteps.handshake(this);
  }

  /** What an acknowledgement meets on its way back, from the core that took the data. */
  public List<Step> answerSteps() {
    return MessageSteps.answer(this);
  }

  /**
   * Time of one pass of a message.
   *
   * @param coldRatio probability that it finds the core cold
   * @param first whether it is the first of its connection
   */
  public double passPs(Step.Pass pass, double coldRatio, boolean first) {
    Segment segment = pass.segment().on(pass.host(), pass.cpu());
    double firstPs =
        first ? segment.ps(Per.FIRST_PACKET) + coldRatio * segment.coldFirstExtraPs() : 0;
    double extraPs = coldRatio * segment.coldExtraPs() + firstPs;
    return busyPs(pass.host(), pass.cpu(), pass.segment(), pass.counts())
        + extraPs / cluster.shareRatio(pass.host(), pass.cpu());
  }

  /** Time that a message of {@code bytes} takes from send call to read, every core being warm. */
  public long messagePs(long bytes) {
    double sumPs = 0;
    for (Step step : messageSteps(bytes, false)) {
      sumPs +=
          switch (step) {
            case Step.Wait wait -> wait.delayPs();
            case Step.Ring ring -> ring.delayPs();
            case Step.Beside beside -> 0;
            case Step.Pass pass -> passPs(pass, 0, false);
          };
    }
    return Math.round(sumPs);
  }

  /**
   * Time that a flow of {@code bytes} takes when it has every core and link to itself: its first
   * burst goes from one to the next, and the others follow at the rate of the tightest of them.
   */
  public long idealPs(long bytes) {
    if (bytes != idealOfBytes) {
      long burst = Math.min(bytes, burstBytes());
      double slowest = Math.max(windowSecondsPerByte(), tightestSecondsPerByte());
      idealOfBytes = bytes;
      idealPs = Math.round((bytes - burst) * slowest * PS_PER_SECOND) + messagePs(burst);
    }
    return idealPs;
  }

  /** Time of a byte at the tightest core or link of a stream that has all of them to itself. */
  public double tightestSecondsPerByte() {
    if (Double.isNaN(tightestSecondsPerByte)) {
      tightestSecondsPerByte = slowestSecondsPerByte(streamDemands());
    }
    return tightestSecondsPerByte;
  }

  /** Whether a flow of {@code bytes} never waits for an acknowledgement. */
  public boolean fitsWindow(long bytes) {
    return bytes <= network.transport().windowBytes();
  }

  /** Bytes that {@code bytes} of payload are on the wire. */
  public long wireBytes(long bytes) {
    return bytes
        + Math.ceilDiv(bytes, (long) network.segmentBytes()) * network.frameOverheadBytes();
  }

  /** Bytes that go from core to core as one: a super-packet. */
  public int burstBytes() {
    return network.stack().superPacketBytes();
  }

  /**
   * Bytes of a burst that are acknowledged first: what arrives until its interrupt, and at least two
   * segments (RFC 5681 section 4.2), or one where no kernel receives them.
   */
  public double answeredBytes() {
    double wireBytes = network.segmentBytes() + network.frameOverheadBytes();
    double psPerFrame = 0;
    for (Link link : links) {
      psPerFrame = Math.max(psPerFrame, wireBytes * 8 / link.bitsPerSecond() * PS_PER_SECOND);
    }
    psPerFrame = Math.max(psPerFrame, StreamShape.cardPs(this));
    double frames = local ? 0 : network.receive().moderationPs() / psPerFrame;
    return Math.max(network.isFree() || ofCards() ? 1 : 2, frames) * network.segmentBytes();
  }

  /**
   * What a stream on idle cores takes longer than its bytes at their rate, {@code secondsPerByte}: its
   * window grows, and an adaptive card does not take it for a stream yet.
   *
   * @param open whether the window has grown before
   */
  public double beginningPs(double bytes, double secondsPerByte, boolean open) {
    if (local || network.isFree() || ofCards()) {
      return 0;
    }
    StreamBegin begin = streams.begin(open);
    double played = Math.min(bytes, begin.bytes());
    double morePs = begin.ps(played) - played * secondsPerByte * PS_PER_SECOND;
    return Math.max(0, Math.floor(morePs / ROUNDING_PS) * ROUNDING_PS);
  }

  /** How much longer a burst waits for its interrupt where an adaptive card is in bulk. */
  public long bulkExtraPs() {
    long timerPs = local ? 0 : network.receive().moderationPs();
    boolean adaptive = destination.profile().moderation() == Moderation.ADAPTIVE;
    return adaptive && timerPs > 0 ? HostProfile.BULK_MODERATION_PS - timerPs : 0;
  }

  /** Time of a byte at the sending core. */
  public double sendSecondsPerByte() {
    return streamDemands().getFirst().secondsPerByte();
  }

  /** What the window allows: one of them until it has been read and answered. */
  public double windowSecondsPerByte() {
    return WindowedStream.secondsPerByte(this);
  }

  /** From a frame of a stream to its acknowledgement. */
  public double roundTripSeconds() {
    return (messagePs(network.segmentBytes()) + messagePs(1)) / PS_PER_SECOND;
  }

  /** Payload of a full frame. */
  public int segmentBytes() {
    return network.segmentBytes();
  }

  private static boolean sameResource(Demand a, Demand b) {
    return switch (a) {
      case Demand.OnCpu x -> b instanceof Demand.OnCpu y
          && x.host().id() == y.host().id()
          && x.cpu() == y.cpu();
      case Demand.OnLink x -> b instanceof Demand.OnLink y && x.link().id() == y.link().id();
      case Demand.OnFunction x -> b instanceof Demand.OnFunction y && x.pod() == y.pod();
    };
  }
}
