package org.podpath.engine.datapath;

import java.util.Arrays;
import java.util.Optional;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Uncontended.Counts;

/**
 * All that decides what polls make of a stream: costs on the three cores that it crosses, in
 * picoseconds of these cores, and the wires between them.
 *
 * @param meeting how many of them
 * @param open whether their windows have grown before
 * @param wireParts of the slowest link each sending core gets one
 * @param windowBytes the receiver's buffer
 * @param sendPacketPs sender: each super-packet
 * @param sendFramePs sender: each frame with its bytes
 * @param coldSendPs sender: a super-packet more that finds the core cold
 * @param answersToSender whether acknowledgements come to the sending core
 * @param answeredPs each acknowledgement that comes
 * @param answeredInterruptPs each interrupt for them
 * @param coldAnsweredPs an acknowledgement more that finds its core cold
 * @param interruptPs receiver: each interrupt
 * @param framePs receiver: each frame with its bytes in a poll
 * @param packetPs receiver: each super-packet in a poll
 * @param coldPacketPs receiver: a super-packet more that finds the core cold
 * @param answerPs receiver: each acknowledgement
 * @param coldAnswerPs receiver: an acknowledgement more that finds the core cold
 * @param readPacketPs reader: each super-packet, and what others read meanwhile
 * @param readBytePs reader: each byte, and what others read meanwhile
 * @param oneCore whether polls and reading share a core
 * @param wirePs from one frame to the next on the slowest link
 * @param cardPs the same at the sender's virtual function, if it is slower
 * @param forthPs from the sender's core into the receiver's ring, the slowest link not counted
 * @param backPs from the receiver's core to the sender's interrupt
 * @param guests where streams end in guests, whose hosts poll frames; vhost threads are not in the times above
 * @param card what another core takes of the receiver's that polls frames, where packets are steered from
 *     there: the costs above are those of their stack then
 */
record StreamShape(
    String profile,
    Meeting meeting,
    boolean open,
    int wireParts,
    long windowBytes,
    double sendPacketPs,
    double sendFramePs,
    double coldSendPs,
    boolean answersToSender,
    double answeredPs,
    double answeredInterruptPs,
    double coldAnsweredPs,
    double interruptPs,
    double framePs,
    double packetPs,
    double coldPacketPs,
    double answerPs,
    double coldAnswerPs,
    double readPacketPs,
    double readBytePs,
    boolean oneCore,
    double wirePs,
    double cardPs,
    double forthPs,
    double backPs,
    Optional<GuestShape> guests,
    Optional<Costs> card)
    implements Comparable<StreamShape> {
  /**
   * What a core that polls takes.
   *
   * @param interruptPs for each interrupt
   * @param framePs for each frame with its bytes
   * @param packetPs for each super-packet
   * @param coldPacketPs for a super-packet more that finds it cold
   */
  record Costs(double interruptPs, double framePs, double packetPs, double coldPacketPs) {
    private static Costs of(Uncontended way, Steering at) {
      Counts frame = new Counts(0, 0, 1, 1, way.network.segmentBytes());
      return new Costs(
          ps(way, at, INTERRUPT), ps(way, at, frame), ps(way, at, new Counts(0, 1, 0, 0, 0)),
          way.coldPs(at.host(), at.cpu(), at.receive()));
    }

    private static double ps(Uncontended way, Steering at, Counts counts) {
      return way.busyPs(at.host(), at.cpu(), at.receive(), counts);
    }

    private double[] numbers() {
      return new double[] {interruptPs, framePs, packetPs, coldPacketPs};
    }
  }

  private static final Counts INTERRUPT = new Counts(1, 0, 0, 0, 0);

  /** Far more than polls take at once: a larger window changes nothing. */
  private static final long MOST_WINDOW_BYTES = 1 << 23;

  private static final Counts BYTE = new Counts(0, 0, 0, 0, 1);

  /** Any order that tells them apart. */
  @Override
  public int compareTo(StreamShape other) {
    int byProfile = profile.compareTo(other.profile);
    int byNumbers = Arrays.compare(numbers(), other.numbers());
    return byProfile != 0
        ? byProfile
        : byNumbers != 0 ? byNumbers
        : Arrays.compare(belowNumbers(), other.belowNumbers());
  }

  /** What takes the stack's part of polls. */
  Costs stack() {
    return new Costs(interruptPs, framePs, packetPs, coldPacketPs);
  }

  /** A way has guests, or steers packets, or does neither. */
  private double[] belowNumbers() {
    return card.map(Costs::numbers)
        .or(() -> guests.map(GuestShape::numbers))
        .orElse(new double[0]);
  }

  private double[] numbers() {
    return new double[] {
        meeting.senders(), meeting.receivers(), meeting.streams(), meeting.groups(), open ? 1 : 0,
        wireParts,
        sendPacketPs,
        sendFramePs, coldSendPs, answersToSender ? 1 : 0, answeredPs, answeredInterruptPs,
        coldAnsweredPs, interruptPs, framePs, packetPs, coldPacketPs, answerPs, coldAnswerPs,
        readPacketPs, readBytePs, oneCore ? 1 : 0, wirePs, cardPs, forthPs,
        backPs};
  }

  /** Streams of full frames from end to end of {@code way}. */
  static StreamShape of(Uncontended way, Meeting meeting, boolean open, Parts parts) {
    int segmentBytes = way.network.segmentBytes();
    Segment softirq = way.receivePaths.streamReceive().get(0);
    Segment reader = way.receivePaths.streamReceive().get(1);
    Segment answers = way.receivePaths.acknowledgementSend();
    Counts packet = new Counts(0, 1, 0, 0, 0);
    Counts frame = new Counts(0, 0, 1, 1, segmentBytes);
    Counts answer = new Counts(0, 1, 1, 0, 0);
    Counts interrupt = new Counts(1, 0, 0, 0, 0);
    Segment answered = way.sendPaths.acknowledgementReceive();
    int wireBytes = segmentBytes + way.network.frameOverheadBytes();
    double wirePs = wirePs(way);
    double forthPs = way.cardsPs() - wirePs;
    for (Poller poller : way.pollers) {
      forthPs += poller.passPs(segmentBytes);
    }
    for (Link link : way.links) {
      forthPs += Link.serialisationPs(wireBytes, link.bitsPerSecond()) + link.delayPs();
    }
    double backPs = way.cardsPs();
    for (Poller poller : way.pollersBack) {
      backPs += poller.passPs(0);
    }
    for (Link link : way.linksBack) {
      backPs +=
          link.delayPs()
              + Link.serialisationPs(way.network.frameOverheadBytes(), link.bitsPerSecond());
    }
    if (way.steeringBack.isPresent()) {
      Steering back = way.steeringBack.get();
      backPs +=
          way.busyPs(back.host(), back.cpu(), back.receive(), new Counts(1, 1, 1, 0, 0));
    }
    StreamShape shape = new StreamShape(
        way.source.profile().name() + " " + way.destination.profile().name(),
        meeting,
        open,
        parts.wire(),
        Math.min(MOST_WINDOW_BYTES, way.network.transport().windowBytes()),
        way.busyPs(way.source, way.sendCpu, way.sendPaths.streamSend(), packet),
        way.busyPs(way.source, way.sendCpu, way.sendPaths.streamSend(), frame),
        way.coldPs(way.source, way.sendCpu, way.sendPaths.streamSend()),
        way.acknowledgementCpu == way.sendCpu,
        way.busyPs(way.source, way.acknowledgementCpu, answered, answer),
        way.busyPs(way.source, way.acknowledgementCpu, answered, interrupt),
        way.coldPs(way.source, way.acknowledgementCpu, answered),
        way.busyPs(way.destination, way.softirqCpu, softirq, interrupt),
        way.busyPs(way.destination, way.softirqCpu, softirq, frame),
        way.busyPs(way.destination, way.softirqCpu, softirq, packet),
        way.coldPs(way.destination, way.softirqCpu, softirq),
        way.busyPs(way.destination, way.softirqCpu, answers, answer),
        way.coldPs(way.destination, way.softirqCpu, answers),
        parts.reads() * way.busyPs(way.destination, way.readCpu, reader, packet),
        parts.reads() * way.busyPs(way.destination, way.readCpu, reader, BYTE),
        way.softirqCpu == way.readCpu,
        wirePs,
        cardPs(way),
        forthPs,
        backPs,
        Optional.empty(),
        way.steering.map(at -> Costs.of(way, at)));
    return way.guests.map(hosts -> GuestShape.of(way, hosts, shape)).orElse(shape);
  }

  /** Time of a full frame on the slowest link of {@code way}, or at its slowest core that polls. */
  static double wirePs(Uncontended way) {
    int wireBytes = way.network.segmentBytes() + way.network.frameOverheadBytes();
    double wirePs = 1;
    for (Poller poller : way.pollers) {
      wirePs = Math.max(wirePs, poller.turn().framePs(way.network.segmentBytes()));
    }
    for (Link link : way.links) {
      wirePs = Math.max(wirePs, Link.serialisationPs(wireBytes, link.bitsPerSecond()));
    }
    return wirePs;
  }

  /** Time of a full frame at what is slowest of {@code way} if the sender's virtual function counts, too. */
  static double cardPs(Uncontended way) {
    int wireBytes = way.network.segmentBytes() + way.network.frameOverheadBytes();
    return Math.max(wirePs(way), way.limit().map(limit -> limit.ps(wireBytes)).orElse(0L));
  }
}
