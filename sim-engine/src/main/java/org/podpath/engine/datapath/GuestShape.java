package org.podpath.engine.datapath;

import java.util.Optional;
import org.podpath.engine.datapath.Uncontended.Counts;

/**
 * What decides how streams between guests are polled beside what their hosts' cores poll: costs in
 * picoseconds of the cores where they arise.
 *
 * @param sendPacketPs sending vhost thread: each super-packet
 * @param sendFramePs the same: each frame with its bytes
 * @param answeredVhostPs the same: each acknowledgement that comes
 * @param answeredPs sender's guest: each acknowledgement that comes
 * @param answeredInterruptPs the same: each interrupt for them
 * @param deliverPacketPs receiving vhost thread: each super-packet
 * @param deliverFramePs the same: each frame with its bytes
 * @param answerVhostPs the same: each acknowledgement
 * @param packetPs receiver's guest: each super-packet
 * @param framePs the same: each frame with its bytes
 * @param interruptPs the same: each interrupt
 * @param oneSending whether the vhost thread that sends delivers acknowledgements
 * @param oneDelivering whether the vhost thread that delivers sends acknowledgements
 */
record GuestShape(
    double sendPacketPs,
    double sendFramePs,
    double answeredVhostPs,
    double answeredPs,
    double answeredInterruptPs,
    double deliverPacketPs,
    double deliverFramePs,
    double answerVhostPs,
    double packetPs,
    double framePs,
    double interruptPs,
    boolean oneSending,
    boolean oneDelivering) {
  private static final Counts INTERRUPT = new Counts(1, 0, 0, 0, 0);
  private static final Counts PACKET = new Counts(0, 1, 0, 0, 0);
  private static final Counts ANSWER = new Counts(0, 1, 1, 0, 0);

  double[] numbers() {
    return new double[] {
        sendPacketPs, sendFramePs, answeredVhostPs, answeredPs, answeredInterruptPs,
        deliverPacketPs, deliverFramePs, answerVhostPs, packetPs, framePs, interruptPs,
        oneSending ? 1 : 0, oneDelivering ? 1 : 0};
  }

  static GuestShape of(Uncontended way, Guests forth, Guests back) {
    int segmentBytes = way.network.segmentBytes();
    Counts frame = new Counts(0, 0, 1, 1, segmentBytes);
    Segment softirq = way.receivePaths.streamReceive().get(0);
    Segment answered = way.sendPaths.acknowledgementReceive();
    return new GuestShape(
        way.busyPs(forth.from(), forth.sendCpu(), forth.send(), PACKET),
        way.busyPs(forth.from(), forth.sendCpu(), forth.send(), frame),
        way.busyPs(back.to(), back.deliverCpu(), back.deliver(), ANSWER),
        way.busyPs(way.source, way.acknowledgementCpu, answered, ANSWER),
        way.busyPs(way.source, way.acknowledgementCpu, answered, INTERRUPT),
        way.busyPs(forth.to(), forth.deliverCpu(), forth.deliver(), PACKET),
        way.busyPs(forth.to(), forth.deliverCpu(), forth.deliver(), frame),
        way.busyPs(back.from(), back.sendCpu(), back.send(), ANSWER),
        way.busyPs(way.destination, way.softirqCpu, softirq, PACKET),
        way.busyPs(way.destination, way.softirqCpu, softirq, frame),
        way.busyPs(way.destination, way.softirqCpu, softirq, INTERRUPT),
        forth.sendCpu() == back.deliverCpu(),
        forth.deliverCpu() == back.sendCpu());
  }

  /** The same streams, whose frames and acknowledgements hosts poll. */
  static StreamShape of(Uncontended way, Guests forth, StreamShape own) {
    Guests back = way.guestsBack.orElseThrow();
    Counts frame = new Counts(0, 0, 1, 1, way.network.segmentBytes());
    return new StreamShape(
        own.profile(),
        own.meeting(),
        own.open(),
        own.wireParts(),
        own.windowBytes(),
        own.sendPacketPs(),
        own.sendFramePs(),
        own.coldSendPs(),
        own.answersToSender(),
        taken(way, back, ANSWER),
        taken(way, back, INTERRUPT),
        way.coldPs(back.to(), back.softirqCpu(), back.receive()),
        taken(way, forth, INTERRUPT),
        taken(way, forth, frame),
        taken(way, forth, PACKET),
        way.coldPs(forth.to(), forth.softirqCpu(), forth.receive()),
        own.answerPs(),
        own.coldAnswerPs(),
        own.readPacketPs(),
        own.readBytePs(),
        own.oneCore(),
        own.wirePs(),
        own.cardPs(),
        own.forthPs(),
        own.backPs(),
        Optional.of(of(way, forth, back)),
        Optional.empty());
  }

  private static double taken(Uncontended way, Guests at, Counts counts) {
    return way.busyPs(at.to(), at.softirqCpu(), at.receive(), counts);
  }
}
