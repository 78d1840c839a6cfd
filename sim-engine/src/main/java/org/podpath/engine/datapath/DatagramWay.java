package org.podpath.engine.datapath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.datapath.Uncontended.Step;

/**
 * The closed form of datagrams (UDP, RFC 768) in one direction between two pods: each is a packet of
 * its own from call to read, joined with no other, acknowledged by nobody. What comes faster than one
 * place of its way takes is dropped there, and what passes comes to the next.
 */
public final class DatagramWay {

  /** Polls in a row after which a core counts as one that never gets done. */
  private static final int MOST_POLLS = 1000;

  private final Uncontended way;

  /**
   * A place that datagrams pass: what a byte of them takes there.
   *
   * @param demands of the receive queue's core two: of the first datagram of a poll and of those
   *     behind it
   * @param moderationPs until the interrupt comes, where it is one
   * @param first of a guest's queue that of its host, whose batches a vhost thread brings one by one; of a
   *     backlog the queue of the card, whose polls steer packets to it
   */
  public record Place(
      Kind kind, List<Demand> demands, long moderationPs, Optional<Place> first) {
    private Place(Kind kind, Demand... demands) {
      this(kind, List.of(demands), 0, Optional.empty());
    }

    /** Whether datagrams may find the core cold: a guest polls what its host has polled there before. */
    public boolean mayBeCold() {
      return kind == Kind.SEND
          || kind == Kind.POLL && first.map(before -> !before.isOn(this)).orElse(true);
    }

    private boolean isOn(Place other) {
      return cpu() == other.cpu();
    }

    private int cpu() {
      return ((Demand.OnCpu) demands.getFirst()).cpu();
    }

    private double seconds(int demand) {
      return demands.get(demand).secondsPerByte();
    }
  }

  /** What happens at a place. */
  public enum Kind {
    /** A thread sends. */
    SEND,
    /** A link carries, or a core that polls passes on. */
    CARRY,
    /** The kernel takes frames from a receive queue, before threads run. */
    POLL,
    /** A thread reads. */
    READ
  }

  /**
   * How frames are polled that come at a steady rate.
   *
   * @param interruptsPerFrame interrupts for each frame
   * @param pollsPerFrame polls for each frame
   * @param rowPs how long the polls after an interrupt take together
   */
  public record Polls(double interruptsPerFrame, double pollsPerFrame, double rowPs) {
    /** Of a core that never gets done: full polls, and no interrupt. */
    public static final Polls FULL =
        new Polls(0, 1.0 / KernelLimits.POLL_FRAMES, Double.POSITIVE_INFINITY);
  }

  /** The way that {@code way} is for a stream. */
  public DatagramWay(Uncontended way) {
    this.way = way;
  }

  /** Whether a pod reads what arrives, and no path drops it or sends it on. */
  public boolean isRead() {
    return way.local() || !way.network.cni().receive().ends();
  }

  /** Bytes that a datagram of {@code bytes} is on the wire. */
  public long wireBytes(long bytes) {
    return bytes + way.network.datagramOverheadBytes();
  }

  /** What one datagram of {@code bytes} meets while nothing else is under way. */
  public List<Step> steps(long bytes) {
    Counts whole = new Counts(0, 1, 0, 0, bytes);
    if (way.local()) {
      List<Segment> inside = way.sendPaths.local().orElseThrow().datagram();
      return List.of(
          new Step.Pass(way.source, way.sendCpu, inside.get(0), true, whole),
          new Step.Pass(way.destination, way.readCpu, inside.get(1), false, whole));
    }
    Counts sent = new Counts(0, 1, 1, 0, bytes);
    Counts received = new Counts(1, 1, 1, 0, bytes);
    List<Segment> receive = way.receivePaths.datagramReceive();
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Pass(way.source, way.sendCpu, way.sendPaths.datagramSend(), true, sent));
    way.guests.ifPresent(hosts -> steps.add(hosts.sends(sent)));
    MessageSteps.Frames one = new MessageSteps.Frames(1, bytes, bytes);
    one.pass(way.pollers, 0, steps);
    long moderationPs = way.network.cni().receive().moderationPs();
    boolean interrupts = way.pollers.isEmpty() && way.guests.isEmpty() && way.steering.isEmpty();
    steps.add(new Step.Wait(wirePs(bytes) + (interrupts ? 0 : moderationPs), true));
    if (interrupts) {
      steps.add(new Step.Ring(moderationPs));
    }
    one.pass(way.pollers, 1, steps);
    way.guests.ifPresent(hosts -> {
      steps.add(hosts.takes(received));
      steps.add(hosts.delivers(sent));
    });
    way.steering.ifPresent(
        at -> steps.add(new Step.Pass(at.host(), at.cpu(), at.receive(), false, received)));
    steps.add(
        new Step.Pass(way.destination, way.softirqCpu, receive.get(0), false, received));
    if (isRead()) {
      steps.add(new Step.Pass(way.destination, way.readCpu, receive.get(1), false, whole));
    }
    return steps;
  }

  /**
   * From when a datagram leaves until it has been read.
   *
   * @param coldRatio probability that it finds the cores cold
   */
  public double ps(long bytes, double coldRatio) {
    double sumPs = 0;
    for (Step step : steps(bytes)) {
      sumPs +=
          switch (step) {
            case Step.Wait wait -> wait.delayPs();
            case Step.Ring ring -> ring.delayPs();
            case Step.Beside beside -> 0;
            case Step.Pass pass -> way.passPs(pass, coldRatio, false);
          };
    }
    return sumPs;
  }

  private long wirePs(long bytes) {
    long sumPs = way.cardsPs();
    for (Poller poller : way.pollers) {
      sumPs += poller.turn().waitPs();
    }
    for (Link link : way.links) {
      sumPs += Link.serialisationPs(wireBytes(bytes), link.bitsPerSecond()) + link.delayPs();
    }
    return sumPs;
  }

  /**
   * What a byte of datagrams of {@code bytes} each takes, place by place: a sender waits for its core
   * and for its network card, with what this lets its virtual function send, or for the switch that
   * polls its port, so these are one place.
   */
  public List<Place> places(int bytes) {
    double each = 1.0 / bytes;
    Counts whole = new Counts(0, each, 0, 0, 1);
    if (way.local()) {
      List<Segment> inside = way.sendPaths.local().orElseThrow().datagram();
      return List.of(
          new Place(Kind.SEND, cpu(true, way.sendCpu, inside.get(0), whole)),
          new Place(Kind.READ, cpu(false, way.readCpu, inside.get(1), whole)));
    }
    Counts framed = new Counts(0, each, each, 0, 1);
    List<Place> places = new ArrayList<>();
    List<Demand> sent = new ArrayList<>();
    sent.add(cpu(true, way.sendCpu, way.sendPaths.datagramSend(), framed));
    List<Demand> carriers = carriers(bytes);
    sent.add(carriers.removeFirst());
    sent.addAll(way.onFunctions(wireBytes(bytes) * each, 0));
    places.add(new Place(Kind.SEND, sent.toArray(Demand[]::new)));
    carriers.forEach(next -> places.add(new Place(Kind.CARRY, next)));
    List<Segment> receive = way.receivePaths.datagramReceive();
    long moderationPs = way.network.cni().receive().moderationPs();
    Optional<Place> first =
        way.guests.map(hosts -> cpu(false, hosts.softirqCpu(), hosts.receive(), framed))
            .or(() -> way.steering.map(at -> cpu(false, at.cpu(), at.receive(), framed)))
            .map(
                taken -> new Place(
                    Kind.POLL, List.of(taken, taken), moderationPs, Optional.empty()));
    first.ifPresent(places::add);
    way.guests.ifPresent(
        hosts -> places.add(
            new Place(Kind.CARRY, cpu(false, hosts.deliverCpu(), hosts.deliver(), framed))));
    places.add(
        new Place(
            Kind.POLL,
            List.of(
                cpu(false, way.softirqCpu, receive.get(0), framed),
                cpu(false, way.softirqCpu, way.receivePaths.datagramInPoll(), framed)),
            first.isPresent() ? 0 : moderationPs,
            first));
    if (isRead()) {
      places.add(new Place(Kind.READ, cpu(false, way.readCpu, receive.get(1), whole)));
    }
    return places;
  }

  /** How often the core of a receive queue polls each datagram: for the host of a guest, too. */
  public int pollsOfEach() {
    boolean again = way.steering.map(at -> at.cpu() == way.softirqCpu).orElse(false);
    return way.guests.isPresent() || again ? 2 : 1;
  }

  /** Links, and before and behind them the cores that poll, in order. */
  private List<Demand> carriers(int bytes) {
    double each = 1.0 / bytes;
    List<Demand> carriers = new ArrayList<>();
    for (Link link : way.links) {
      double seconds = wireBytes(bytes) * each * 8 / link.bitsPerSecond();
      carriers.add(new Demand.OnLink(link, false, seconds));
    }
    for (int i = 0; i < way.pollers.size(); i++) {
      Poller poller = way.pollers.get(i);
      Segment segment = poller.turn().segment();
      Counts polled = new Counts(0, each, 0, 0, 1);
      carriers.add(
          i == 0 ? 0 : carriers.size(), cpu(i == 0, poller.cpu(), segment, polled));
    }
    way.guests.ifPresent(
        hosts -> carriers.add(
            0,
            cpu(true, hosts.sendCpu(), hosts.send(), new Counts(0, each, each, 0, 1))));
    return carriers;
  }

  private Demand.OnCpu cpu(boolean sends, int cpu, Segment segment, Counts perByte) {
    var host = sends ? way.source : way.destination;
    double seconds = way.busyPs(host, cpu, segment, perByte) / 1e12;
    return new Demand.OnCpu(host, cpu, segment, perByte, 0, seconds);
  }

  /**
   * How datagrams of {@code bytes} are polled at {@code place} that come {@code framesPerPs} times a
   * picosecond, all to one queue: the interrupt is late by its moderation, and then frames are taken until
   * none waits.
   *
   * @param even whether they come at equal intervals; else it is a mean
   */
  public Polls polls(Place place, int bytes, double framesPerPs, boolean even) {
    if (place.first().isPresent()) {
      return behind(place, bytes, polls(place.first().get(), bytes, framesPerPs, even));
    }
    long timerPs = place.moderationPs();
    Polls polls = polls(place, bytes, framesPerPs, even, timerPs);
    double busyRatio = polls.interruptsPerFrame * framesPerPs * (timerPs + polls.rowPs);
    return Interrupts.inBulk(way.destination.profile(), timerPs, busyRatio, wireBytes(bytes))
        ? polls(place, bytes, framesPerPs, even, HostProfile.BULK_MODERATION_PS)
        : polls;
  }

  /**
   * Each batch comes from the first polls one after the other, to a guest as fast as its vhost thread is;
   * where one core polls twice, not before it has polled all of the batch.
   */
  private Polls behind(Place place, int bytes, Polls before) {
    double deliverPs =
        way.guests
            .map(
                hosts -> way.busyPs(
                    hosts.to(), hosts.deliverCpu(), hosts.deliver(),
                    new Counts(0, 1, 1, 0, bytes)))
            .orElse(0.0);
    Place first = place.first().orElseThrow();
    double hostPs = first.seconds(0) * bytes * 1e12;
    double gapPs = Math.max(deliverPs, hostPs);
    boolean oneCore = first.isOn(place);
    double behindPs = place.seconds(1) * bytes * 1e12;
    double firstPs = place.seconds(0) * bytes * 1e12;
    Segment softirq = ((Demand.OnCpu) place.demands().get(0)).segment();
    double hardPs =
        way.busyPs(way.destination, way.softirqCpu, softirq, new Counts(1, 0, 0, 0, 0));
    boolean endless = before.interruptsPerFrame() == 0;
    int batch =
        endless ? KernelLimits.POLL_FRAMES : (int) Math.round(1 / before.interruptsPerFrame());
    double freePs = Double.NEGATIVE_INFINITY;
    int interrupts = 0;
    for (int i = 0; i < batch; i++) {
      double atPs = Math.max((i + 1) * gapPs, oneCore ? batch * hostPs : 0);
      boolean wakes = atPs > freePs;
      interrupts += wakes ? 1 : 0;
      freePs = wakes ? atPs + hardPs + firstPs : freePs + behindPs;
    }
    boolean neverDone = endless && interrupts == 1;
    double polls = Math.max(interrupts, batch / (double) KernelLimits.POLL_FRAMES);
    return neverDone
        ? Polls.FULL
        : new Polls((double) interrupts / batch, polls / batch, freePs / interrupts);
  }

  private Polls polls(
      Place place, int bytes, double framesPerPs, boolean even, long moderationPs) {
    Segment first = ((Demand.OnCpu) place.demands().get(0)).segment();
    Segment behind = ((Demand.OnCpu) place.demands().get(1)).segment();
    Counts one = new Counts(0, 1, 1, 0, bytes);
    double firstPs = way.busyPs(way.destination, place.cpu(), first, one);
    double behindPs = way.busyPs(way.destination, place.cpu(), behind, one);
    int cpu = place.cpu();
    double hardPs = way.busyPs(way.destination, cpu, first, new Counts(1, 0, 0, 0, 0));
    double nowPs = moderationPs;
    double polls = 0;
    for (int taken = 0; taken < MOST_POLLS * KernelLimits.POLL_FRAMES; taken++) {
      double came = framesPerPs * nowPs;
      if ((even ? Math.floor(came) : came) < taken) {
        return new Polls(1.0 / taken, polls / taken, nowPs - moderationPs);
      }
      boolean begins = taken % KernelLimits.POLL_FRAMES == 0;
      polls += begins ? 1 : 0;
      nowPs += hardPs + (begins ? firstPs : behindPs);
      hardPs = 0;
    }
    return Polls.FULL;
  }
}
