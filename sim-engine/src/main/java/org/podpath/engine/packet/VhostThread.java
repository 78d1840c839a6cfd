package org.podpath.engine.packet;

/**
 * A vhost thread: packets of its guest to the wire and from the wire to its guest, one at its thread's
 * turn, in the order in which they came. What the wire brings waits in the queue of a tap, which drops
 * what it has no room for; the guest's ring pushes back.
 */
final class VhostThread implements Service {
  /** Linux, include/uapi/linux/if_tun.h, TUN_READQ_SIZE. */
  private static final int TAP_PACKETS = 500;

  private static final long OUTWARD = 0;
  private static final long INWARD = 1;

  private final GuestWays ways;
  private final CpuThread thread;
  /** The first is the one in service, if any. */
  private final FrameRing waiting = new FrameRing(8);
  private final QueueBook book;
  private boolean offered;
  private int inward;
  private long outwardBytes;
  private long dropped;

  VhostThread(GuestWays ways, CpuThread thread) {
    this.ways = ways;
    this.thread = thread;
    book = ways.engine.books == null ? null : book();
  }

  private QueueBook book() {
    QueueBook.Word word =
        new QueueBook.Word("vhost thread", waiting::size, this::dropped, this::queuedBytes);
    return ways.engine.books.between(word);
  }

  /** The guest hands over a packet. */
  void send(long header, long sequence, long extra) {
    assert ways.engine.books.came(book, nowPs(), header);
    outwardBytes += Frame.wireBytes(header);
    waiting.add(OUTWARD, header, sequence, extra);
    offer();
  }

  /** The host has a packet for the guest; false if it is dropped. */
  boolean deliver(long header, long sequence, long extra) {
    assert ways.engine.books.came(book, nowPs(), header);
    if (inward >= TAP_PACKETS) {
      dropped++;
      assert ways.engine.books.dropped(book, header);
      return false;
    }
    inward++;
    waiting.add(INWARD, header, sequence, extra);
    offer();
    return true;
  }

  private long nowPs() {
    return ways.engine.simulator.nowPs();
  }

  private void offer() {
    if (!offered) {
      offered = true;
      thread.offer(this);
    }
  }

  @Override
  public double beginPs(CpuCore core) {
    return stop().take(waiting.firstHeader(), core);
  }

  private VhostStop stop() {
    return ways.stop(waiting.firstHeader(), waiting.firstNote() == OUTWARD);
  }

  @Override
  public void end() {
    long header = waiting.firstHeader();
    long sequence = waiting.firstSequence();
    long extra = waiting.firstExtra();
    boolean sends = waiting.firstNote() == OUTWARD;
    stop().charge();
    waiting.removeFirst();
    assert ways.engine.books.left(book, nowPs(), header);
    offered = false;
    if (sends) {
      outwardBytes -= Frame.wireBytes(header);
      ways.sent(header, sequence, extra);
    } else {
      inward--;
      ways.delivered(header, sequence, extra);
    }
    if (!waiting.isEmpty()) {
      offer();
    }
  }

  /** Bytes of the guest that wait, or are being taken. */
  long queuedBytes() {
    return outwardBytes;
  }

  /** Packets that found the queue of the tap full. */
  long dropped() {
    return dropped;
  }
}
