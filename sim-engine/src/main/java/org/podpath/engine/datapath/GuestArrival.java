package org.podpath.engine.datapath;

import org.podpath.engine.datapath.Uncontended.Counts;

/**
 * How the frames of a message arrive at the host of a guest: its softirq polls and joins them, its vhost
 * thread delivers one packet after the other, and the guest polls these on the core that polls frames,
 * too, whichever comes first.
 */
final class GuestArrival {
  private final Uncontended way;
  private final Guests hosts;
  private final Network network;
  private final long bytes;
  private final long frames;
  private final Segment softirq;
  private final Segment reader;
  private final boolean oneCore;
  private final Interrupts moderated;
  private final Times delivered = new Times();
  private final Times deliveredBytes = new Times();
  private final FrameTimes times;
  private double coldPs;
  private long taken;
  private long readBytes;
  private double corePs;
  private double vhostFreePs;
  private double readAheadPs;
  private double readEndPs;
  private double workPs;
  private long unansweredBytes;
  private long packets;
  private long interrupts;
  private long guestInterrupts;
  private long acknowledgements;
  private long lastBytes;
  private long readBesideBytes;

  GuestArrival(Uncontended way, Guests hosts, long bytes, long frames, boolean cold) {
    this.way = way;
    this.hosts = hosts;
    this.bytes = bytes;
    this.frames = frames;
    network = way.network;
    softirq = way.receivePaths.messageReceive().get(0);
    reader = way.receivePaths.messageReceive().get(1);
    oneCore = way.softirqCpu == way.readCpu;
    moderated = new Interrupts(way.destination.profile(), network.receive());
    coldPs = cold ? way.coldPs(hosts.to(), hosts.softirqCpu(), hosts.receive()) : 0;
    times = new FrameTimes(way, bytes, frames);
    while (readBytes < bytes) {
      double frameAtPs =
          taken < frames ? Math.max(corePs, moderated.nextPs(times.arrivalPs(taken)))
              : Double.POSITIVE_INFINITY;
      double packetAtPs = Math.max(corePs, delivered.first());
      if (frameAtPs <= packetAtPs) {
        pollHost(frameAtPs);
      } else {
        pollGuest(packetAtPs);
      }
    }
    readEndPs = oneCore ? corePs + readAheadPs : readEndPs;
  }

  private long payloadBytes(long ofFrames) {
    return Math.min(bytes, ofFrames * network.segmentBytes());
  }

  /** The core had nothing to poll until then, and read. */
  private void begin(double atPs, double interruptPs) {
    readAheadPs = Math.max(0, readAheadPs - (atPs - corePs));
    corePs = atPs + interruptPs;
    workPs += interruptPs;
  }

  /** Takes frames as long as some wait: each packet goes to the vhost thread when it is whole. */
  private void pollHost(double atPs) {
    begin(atPs, busyPs(hosts.receive(), new Counts(1, 0, 0, 0, 0)));
    interrupts++;
    moderated.raised((long) atPs);
    double nowPs = atPs;
    long polled = 0;
    boolean whole;
    do {
      polled %= KernelLimits.POLL_FRAMES;
      long most = Math.min(network.joinedSegments(), KernelLimits.POLL_FRAMES - polled);
      long joined = Math.clamp(times.arrivedFrames(taken, nowPs) - taken, 1, most);
      packet(joined);
      polled += joined;
      whole = joined == most || taken == frames;
      nowPs = corePs;
    } while (whole && taken < frames && times.arrivalPs(taken) <= nowPs);
  }

  private void packet(long joined) {
    long joinedBytes = payloadBytes(taken + joined) - payloadBytes(taken);
    taken += joined;
    packets++;
    double ps =
        coldPs + busyPs(
            hosts.receive(), new Counts(0, 1, joined, frames > 1 ? joined : 0, joinedBytes));
    coldPs = 0;
    corePs += ps;
    workPs += ps;
    double deliverPs =
        way.busyPs(
            hosts.to(), hosts.deliverCpu(), hosts.deliver(), new Counts(0, 1, 1, 0, joinedBytes));
    vhostFreePs = Math.max(vhostFreePs, corePs) + deliverPs;
    delivered.add(vhostFreePs);
    deliveredBytes.add(joinedBytes);
    if (taken == frames) {
      workPs += deliverPs;
      lastBytes = joinedBytes;
    }
  }

  /** Takes packets as long as some wait. */
  private void pollGuest(double atPs) {
    begin(atPs, busyPs(softirq, new Counts(1, 0, 0, 0, 0)));
    guestInterrupts++;
    do {
      delivered.remove();
      read((long) deliveredBytes.remove());
    } while (delivered.first() <= corePs);
  }

  private void read(long packetBytes) {
    readBytes += packetBytes;
    boolean last = readBytes == bytes;
    double ps = busyPs(softirq, new Counts(0, 1, 1, 0, packetBytes));
    unansweredBytes += packetBytes;
    if (unansweredBytes > network.segmentBytes()) {
      unansweredBytes = 0;
      acknowledgements++;
      ps += busyPs(way.receivePaths.acknowledgementSend(), new Counts(0, 1, 1, 0, 0));
    }
    corePs += ps;
    Counts counts = new Counts(0, last ? 1 : 0, 0, 0, packetBytes);
    double readPs = way.busyPs(way.destination, way.readCpu, reader, counts);
    workPs += ps + (oneCore || last ? readPs : 0);
    if (oneCore) {
      readAheadPs += readPs;
    } else {
      readEndPs = Math.max(readEndPs, corePs) + readPs;
      readBesideBytes += last ? 0 : packetBytes;
    }
  }

  private double busyPs(Segment segment, Counts counts) {
    return way.busyPs(way.destination, way.softirqCpu, segment, counts);
  }

  /** What is left of the time without the work, which stands in the passes. */
  long waitPs() {
    return Math.max(0, Math.round(readEndPs - workPs));
  }

  /** Super-packets that GRO of the host makes of the frames. */
  long packets() {
    return packets;
  }

  /** Payload of the last of them. */
  long lastBytes() {
    return lastBytes;
  }

  /** Hard interrupts of the host. */
  long interrupts() {
    return interrupts;
  }

  /** Interrupts of the guest. */
  long guestInterrupts() {
    return guestInterrupts;
  }

  /** Acknowledgements that polls of the guest send. */
  long acknowledgements() {
    return acknowledgements;
  }

  /** Bytes that are read on another core while later frames are polled. */
  long readBesideBytes() {
    return readBesideBytes;
  }
}
