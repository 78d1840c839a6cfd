package org.podpath.engine.datapath;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Demand;

/**
 * What a byte of a stream asks of every CPU and link of its way, alone or beside other streams: how fast
 * frames come decides what polls make of them, and what that costs decides how fast they come, so this
 * much is played.
 */
public final class StreamWay {
  private final Uncontended way;
  /** Whether no core of a host joins its frames. */
  private final boolean alone;
  /** Of streams whose windows have not grown, and of those whose windows have; null before it is asked. */
  private final StreamBegin[] begins = new StreamBegin[2];

  StreamWay(Uncontended way) {
    this.way = way;
    alone = way.network.isFree() || way.ofCards();
  }

  /** Of all meetings those that are told apart. */
  public Meetings told(Meetings meetings) {
    return alone ? Meetings.NONE : meetings.coarse();
  }

  /** Time of a frame of a stream that nothing else than what it meets holds back. */
  public double framePs(Meetings meetings) {
    return way.local
        ? 0
        : Math.max(
            counts(meetings.receiving(), Parts.ALL).ps(),
            counts(meetings.sending(), Parts.ALL).ps());
  }

  /**
   * Bytes of a stream that its sender hands to the card at once, as a byte sees it: of larger packets
   * there are more. Once its window is full that is what is acknowledged at once.
   */
  public double togetherBytes(Meetings meetings) {
    return way.local || alone
        ? way.burstBytes()
        : Math.min(
            way.burstBytes(),
            counts(meetings.sending(), Parts.ALL).together() * way.network.segmentBytes());
  }

  /** Time of a frame on the slowest link, or where the sender's virtual function is slower, there. */
  public double wirePs() {
    return StreamShape.cardPs(way);
  }

  /** One of several streams, all of which go as fast as they can; {@code meetings} are {@link #told}. */
  public List<Demand> demands(Meetings meetings) {
    return way.local ? localDemands() : remoteDemands(meetings);
  }

  private List<Demand> localDemands() {
    double perSent = 1.0 / way.network.stack().superPacketBytes();
    double answers = way.network.stack().localAnswersRatio() * perSent;
    HostPaths.Local local = way.sendPaths.local().orElseThrow();
    return List.of(
        cpu(way.source, way.sendCpu, local.stream().get(0), new Counts(0, perSent, 0, 0, 1), 0),
        cpu(way.source, way.sendCpu, local.acknowledgement(), new Counts(0, answers, 0, 0, 0), 0),
        cpu(way.destination, way.readCpu, local.stream().get(1), new Counts(0, perSent, 0, 0, 1),
            0));
  }

  private List<Demand> remoteDemands(Meetings meetings) {
    StreamCounts made = counts(meetings.receiving(), meetings.parts());
    StreamCounts sent = counts(meetings.sending(), meetings.parts());
    int segmentBytes = way.network.segmentBytes();
    double perFrame = 1.0 / segmentBytes;
    double perSent = 1.0 / way.network.stack().superPacketBytes();
    double perReceived = way.ofCards() ? perSent : made.packets() * perFrame;
    double interrupts = made.interrupts() * perFrame;
    double byReader = made.readerAnswers() * perFrame;
    double acknowledgements = made.answers() * perFrame;
    double allAnswers = acknowledgements + byReader;
    Counts frames = new Counts(0, perSent, perFrame, perFrame, 1);
    Counts joined = new Counts(interrupts, perReceived, perFrame, perFrame, 1);
    Counts answers = new Counts(0, acknowledgements, acknowledgements, 0, 0);
    Counts answered =
        new Counts(sent.answerInterrupts() * perFrame, allAnswers, allAnswers, 0, 0);
    List<Demand> demands = new ArrayList<>();
    demands.add(
        cpu(way.source, way.sendCpu, way.sendPaths.streamSend(), frames,
            sent.coldPackets() * perFrame));
    double coldReceived = made.coldReceived() * perFrame;
    double coldAnswered = sent.coldAnswered() * perFrame;
    if (way.guests.isPresent()) {
      Guests hosts = way.guests.get();
      Counts handed = new Counts(0, sent.handed() * perFrame, perFrame, perFrame, 1);
      Counts answersSent = new Counts(0, allAnswers, allAnswers, 0, 0);
      demands.addAll(hosts.demands(way, handed, joined, coldReceived));
      demands.addAll(way.guestsBack.get().demands(way, answersSent, answered, coldAnswered));
      joined = new Counts(made.guestInterrupts() * perFrame, perReceived, perReceived, 0, 1);
      answered =
          new Counts(sent.guestAnswerInterrupts() * perFrame, allAnswers, allAnswers, 0, 0);
      coldReceived = 0;
      coldAnswered = 0;
    }
    if (way.steering.isPresent()) {
      demands.add(steered(way.steering.get(), joined));
      demands.add(steered(way.steeringBack.get(), answered));
      joined = new Counts(made.guestInterrupts() * perFrame, perReceived, perReceived, 0, 1);
    }
    Counts polled = new Counts(0, perFrame, 0, 0, 1);
    Counts polledBack = new Counts(0, allAnswers, 0, 0, 0);
    way.pollers.forEach(poller -> demands.add(cpu(poller, polled)));
    way.pollersBack.forEach(poller -> demands.add(cpu(poller, polledBack)));
    demands.add(
        cpu(
            way.source, way.acknowledgementCpu, way.sendPaths.acknowledgementReceive(), answered,
            coldAnswered));
    demands.add(
        cpu(
            way.destination, way.softirqCpu, way.receivePaths.streamReceive().get(0), joined,
            coldReceived));
    demands.add(
        cpu(
            way.destination, way.softirqCpu, way.receivePaths.acknowledgementSend(), answers,
            made.coldAnswers() * perFrame));
    if (byReader > 0) {
      Counts told = new Counts(0, byReader, byReader, 0, 0);
      demands
          .add(cpu(way.destination, way.readCpu, way.receivePaths.acknowledgementSend(), told, 0));
    }
    demands
        .add(cpu(way.destination, way.readCpu, way.receivePaths.streamReceive().get(1), joined, 0));
    double wireBytes = (segmentBytes + way.network.frameOverheadBytes()) * perFrame;
    for (Link link : way.links) {
      demands.add(new Demand.OnLink(link, false, wireBytes * 8 / link.bitsPerSecond()));
    }
    double backBytes = allAnswers * way.network.frameOverheadBytes();
    for (Link link : way.linksBack) {
      demands.add(new Demand.OnLink(link, true, backBytes * 8 / link.bitsPerSecond()));
    }
    demands.addAll(way.onFunctions(wireBytes, backBytes));
    return demands;
  }

  private Demand steered(Steering at, Counts passes) {
    return cpu(at.host(), at.cpu(), at.receive(), passes, 0);
  }

  private Demand cpu(Poller poller, Counts passes) {
    return cpu(poller.host(), poller.cpu(), poller.turn().segment(), passes, 0);
  }

  /** What passes for each byte, and how much of it finds the core cold. */
  Demand cpu(Host host, int cpu, Segment segment, Counts passes, double cold) {
    double ps = way.busyPs(host, cpu, segment, passes) + cold * way.coldPs(host, cpu, segment);
    return new Demand.OnCpu(host, cpu, segment, passes, cold, ps / Uncontended.PS_PER_SECOND);
  }

  /** The same demand where packets find the core cold more rarely, by that ratio. */
  public Demand.OnCpu colder(Demand.OnCpu demand, double ratio) {
    double fewer = demand.coldPerByte() * (1 - ratio);
    double ps = fewer * way.coldPs(demand.host(), demand.cpu(), demand.segment());
    return new Demand.OnCpu(
        demand.host(), demand.cpu(), demand.segment(), demand.perByte(),
        demand.coldPerByte() - fewer, demand.secondsPerByte() - ps / Uncontended.PS_PER_SECOND);
  }

  /**
   * How a stream begins that meets no other.
   *
   * @param open whether its window has grown before
   */
  StreamBegin begin(boolean open) {
    int which = open ? 1 : 0;
    if (begins[which] == null) {
      begins[which] = counts(StreamShape.of(way, Meeting.ALONE, open, Parts.ALL)).begin();
    }
    return begins[which];
  }

  private StreamCounts counts(Meeting meeting, Parts parts) {
    return counts(StreamShape.of(way, meeting, false, parts));
  }

  private StreamCounts counts(StreamShape shape) {
    return way.paths.streamCounts(way.source.profile(), way.destination.profile(), shape);
  }
}
