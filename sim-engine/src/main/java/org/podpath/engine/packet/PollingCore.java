package org.podpath.engine.packet;

import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * A core that polls: it takes frames one after the other, in the order in which they came, and does all
 * that is to be done for one before it takes the next. So it is a virtual clock, as a port is, and a
 * frame is one event.
 */
final class PollingCore implements Entity {
  private final Simulator simulator;
  private final PolledWays ways;
  private final int ringFrames;
  private final int id;
  private final QueueBook book;
  /** From pods, each with the time at which it is done with. */
  private final FrameRing outward = new FrameRing(8);
  /** The same from the wire. */
  private final FrameRing inward = new FrameRing(8);
  private long freeAtPs;
  private long outwardBytes;
  private long dropped;

  /**
   * A core with nothing to do.
   *
   * @param ringFrames of the network card's queue; the rings of pods push back
   */
  PollingCore(Simulator simulator, PolledWays ways, int ringFrames) {
    this.simulator = simulator;
    this.ways = ways;
    this.ringFrames = ringFrames;
    id = simulator.register(this);
    book = ways.engine.books == null ? null : book();
  }

  private QueueBook book() {
    QueueBook.Word word =
        new QueueBook.Word(
            "core that polls " + id, () -> outward.size() + inward.size(), this::dropped,
            this::queuedBytes);
    return ways.engine.books.between(word);
  }

  /** A frame comes from a pod of the host. */
  void send(PollerStop stop, long header, long sequence, long extra) {
    assert ways.engine.books.came(book, simulator.nowPs(), header);
    outwardBytes += Frame.wireBytes(header);
    take(outward, stop, header, sequence, extra);
  }

  /** A frame comes from the wire; false if it finds the ring full, and is dropped. */
  boolean receive(PollerStop stop, long header, long sequence, long extra) {
    assert ways.engine.books.came(book, simulator.nowPs(), header);
    if (inward.size() >= ringFrames) {
      dropped++;
      assert ways.engine.books.dropped(book, header);
      return false;
    }
    take(inward, stop, header, sequence, extra);
    return true;
  }

  private void take(FrameRing ring, PollerStop stop, long header, long sequence, long extra) {
    boolean idle = outward.isEmpty() && inward.isEmpty();
    long startPs = Math.max(simulator.nowPs() + stop.waitPs(), freeAtPs);
    freeAtPs = startPs + stop.framePs(header);
    ring.add(freeAtPs, header, sequence, extra);
    if (idle) {
      simulator.wake(id, freeAtPs);
    }
  }

  /** A frame is done with. */
  @Override
  public void wake(int entity) {
    boolean sent =
        !outward.isEmpty() && (inward.isEmpty() || outward.firstNote() <= inward.firstNote());
    FrameRing ring = sent ? outward : inward;
    long header = ring.firstHeader();
    long sequence = ring.firstSequence();
    long extra = ring.firstExtra();
    ring.removeFirst();
    assert ways.engine.books.left(book, simulator.nowPs(), header);
    if (!outward.isEmpty() || !inward.isEmpty()) {
      long outPs = outward.isEmpty() ? Long.MAX_VALUE : outward.firstNote();
      long inPs = inward.isEmpty() ? Long.MAX_VALUE : inward.firstNote();
      simulator.wake(id, Math.min(outPs, inPs));
    }
    if (sent) {
      outwardBytes -= Frame.wireBytes(header);
      ways.sent(header, sequence, extra);
    } else {
      ways.received(header, sequence, extra);
    }
  }

  /** Bytes from pods that wait, or are being taken. */
  long queuedBytes() {
    return outwardBytes;
  }

  /** How long it takes until no more than {@code bytes} of these are left. */
  long drainPs(long bytes) {
    double share = 1 - bytes / (double) outwardBytes;
    return Math.round(share * (freeAtPs - simulator.nowPs()));
  }

  /** Frames that found the ring full. */
  long dropped() {
    return dropped;
  }
}
