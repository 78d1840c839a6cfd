package org.podpath.engine.packet;

import org.podpath.engine.cluster.RateLimit;
import org.podpath.engine.kernel.Entity;

/**
 * A virtual function whose rate is limited: it lets frames go to its card's port when its bucket holds as
 * many bytes as they have. Behind the packet that it cuts, packets of streams wait in the queueing
 * discipline of its pod, which sends what nothing waits of first, as a {@link Qdisc} does.
 */
final class RateLimiter implements Entity {
  private static final int FRAME_BYTES_SHIFT = 32;
  private static final long OF_STREAM = 0;
  private static final long SHORT = 1;

  private final PacketEngine engine;
  private final RateLimit limit;
  private final int id;
  /** In the card: frames of the packet that goes, and of what goes first. The note says which. */
  private final FrameRing frames = new FrameRing(8);
  /** In the pod: a packet each, as in a {@link Qdisc}. */
  private final FrameRing packets = new FrameRing(8);
  private final QueueBook frameBook;
  private final QueueBook packetBook;
  private long queuedBytes;
  /** When the bucket is full if nothing more goes. */
  private long fullAtPs;

  /** With a full bucket. */
  RateLimiter(PacketEngine engine, RateLimit limit) {
    this.engine = engine;
    this.limit = limit;
    id = engine.simulator.register(this);
    frameBook = engine.books == null ? null : book("frames", frames);
    packetBook = engine.books == null ? null : book("packets", packets);
  }

  private QueueBook book(String what, FrameRing ring) {
    QueueBook.Word word =
        new QueueBook.Word(what + " of limiter " + id, ring::size, () -> 0, () -> 0);
    return engine.books.between(word);
  }

  /**
   * Hands a packet over, or lets it wait.
   *
   * @param header of its frames
   * @param goesFirst whether it waits for no packet that is not being cut
   */
  void take(
      Channel channel, long header, long offset, long bytes, int frameBytes, long extra,
      boolean goesFirst) {
    queuedBytes += Qdisc.wireBytes(header, bytes, frameBytes);
    if (frames.isEmpty() || goesFirst) {
      boolean idle = frames.isEmpty();
      cut(header, offset, bytes, frameBytes, extra, goesFirst ? SHORT : OF_STREAM);
      passIf(idle);
    } else {
      assert engine.books.came(packetBook, engine.simulator.nowPs(), header, bytes);
      channel.waitingPackets++;
      packets.add((long) frameBytes << FRAME_BYTES_SHIFT | bytes, header, offset, extra);
    }
  }

  /** The same with a frame that answers data. */
  void takeAnswer(long header, long sequence, long extra) {
    queuedBytes += Frame.wireBytes(header);
    boolean idle = frames.isEmpty();
    add(SHORT, header, sequence, extra);
    passIf(idle);
  }

  private void cut(
      long header, long offset, long bytes, int frameBytes, long extra, long note) {
    long left = bytes;
    for (; left > frameBytes; left -= frameBytes) {
      add(note, (header & ~Frame.LAST) + frameBytes, offset + bytes - left, extra);
    }
    add(note, header + left, offset + bytes - left, extra);
  }

  private void add(long note, long header, long sequence, long extra) {
    assert engine.books.came(frameBook, engine.simulator.nowPs(), header);
    frames.add(note, header, sequence, extra);
  }

  /** Where frames were before, the first of them waits for its time already. */
  private void passIf(boolean idle) {
    if (idle) {
      pass();
    }
  }

  @Override
  public void wake(int entity) {
    pass();
  }

  /** Frames go for which the bucket holds enough; after the last of a packet comes the next packet. */
  private void pass() {
    long nowPs = engine.simulator.nowPs();
    while (!frames.isEmpty()) {
      int wireBytes = Frame.wireBytes(frames.firstHeader());
      long framePs = limit.ps(wireBytes);
      long goesPs = fullAtPs + framePs - limit.burstPs(wireBytes);
      if (goesPs > nowPs) {
        engine.simulator.wake(id, goesPs);
        return;
      }
      fullAtPs = Math.max(fullAtPs, nowPs) + framePs;
      queuedBytes -= wireBytes;
      goOn(frames.firstNote(), frames.firstHeader(), frames.firstSequence(), frames.firstExtra());
      if (frames.isEmpty() && !packets.isEmpty()) {
        cutNext();
      }
    }
  }

  private void goOn(long note, long header, long sequence, long extra) {
    frames.removeFirst();
    assert engine.books.left(frameBook, engine.simulator.nowPs(), header);
    Channel channel = engine.channel(header);
    if (Frame.answers(header)) {
      channel.answerAtCard(header, sequence, extra);
    } else {
      channel.atCard(header, sequence, 0, 1, extra, note == SHORT);
    }
  }

  private void cutNext() {
    long note = packets.firstNote();
    long header = packets.firstHeader();
    long offset = packets.firstSequence();
    long extra = packets.firstExtra();
    packets.removeFirst();
    assert engine.books.left(packetBook, engine.simulator.nowPs(), header, (int) note);
    engine.channel(header).waitingPackets--;
    cut(header, offset, (int) note, (int) (note >>> FRAME_BYTES_SHIFT), extra, OF_STREAM);
  }

  /** Bytes on the wire of all that waits. */
  long queuedBytes() {
    return queuedBytes;
  }

  /** How long so many of them take. */
  long drainPs(long bytes) {
    return limit.ps(bytes);
  }
}
