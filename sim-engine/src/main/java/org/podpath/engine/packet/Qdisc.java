package org.podpath.engine.packet;

import org.podpath.engine.kernel.Entity;

/**
 * The queueing discipline of a host's network card: packets of streams wait here, and the card gets the
 * next one when it has sent all that it has. So an acknowledgement or a short message, which goes to the
 * card at once, waits for the super-packet that is being sent, and not for the windows of streams.
 *
 * <p>Source: FQ-CoDel sends packets of flows first of which nothing waits (RFC 8290, section 4.2), and is
 * what systemd sets (net.core.default_qdisc); byte queue limits keep the rings of cards short (Linux,
 * lib/dynamic_queue_limits.c). assumption: streams themselves go in order of arrival, and all of their
 * windows fit.
 */
final class Qdisc implements Entity {
  private static final int FRAME_BYTES_SHIFT = 32;

  private final PacketEngine engine;
  private final int port;
  private final int id;
  private final QueueBook book;
  /** A packet each: its payload and that of a full frame, its header, offset and what it carries. */
  private final FrameRing packets = new FrameRing(8);
  private long waitingBytes;
  private long mostBytes;

  /** Nothing waits for the card's {@code port}. */
  Qdisc(PacketEngine engine, int port) {
    this.engine = engine;
    this.port = port;
    id = engine.simulator.register(this);
    book = engine.books == null ? null : book();
  }

  private QueueBook book() {
    QueueBook.Word word =
        new QueueBook.Word(
            "qdisc of port " + port, packets::size, () -> 0, this::waitingBytes);
    return engine.books.between(word);
  }

  /** Hands a packet of {@code bytes} to the card, or lets it wait. */
  void take(Channel channel, long header, long offset, long bytes, int frameBytes, long extra) {
    long freePs = engine.ports.freeAtPs(port);
    if (packets.isEmpty() && freePs <= engine.simulator.nowPs()) {
      channel.sendFrames(header, offset, bytes, frameBytes, extra);
      return;
    }
    if (packets.isEmpty()) {
      engine.simulator.wake(id, freePs);
    }
    assert engine.books.came(book, engine.simulator.nowPs(), header, bytes);
    channel.waitingPackets++;
    packets.add((long) frameBytes << FRAME_BYTES_SHIFT | bytes, header, offset, extra);
    waitingBytes += wireBytes(header, bytes, frameBytes);
    mostBytes = Math.max(mostBytes, engine.ports.queuedBytes(port));
  }

  /** Bytes of a packet on the wire. */
  static long wireBytes(long header, long bytes, int frameBytes) {
    return bytes + Math.max(1, Math.ceilDiv(bytes, (long) frameBytes)) * Frame.wireBytes(header);
  }

  /** The card has sent all that it had, but for what went first in the meantime. */
  @Override
  public void wake(int entity) {
    if (engine.ports.freeAtPs(port) <= engine.simulator.nowPs()) {
      next();
    }
    if (!packets.isEmpty()) {
      engine.simulator.wake(id, engine.ports.freeAtPs(port));
    }
  }

  private void next() {
    long header = packets.firstHeader();
    long offset = packets.firstSequence();
    long extra = packets.firstExtra();
    int frameBytes = (int) (packets.firstNote() >>> FRAME_BYTES_SHIFT);
    long bytes = (int) packets.firstNote();
    packets.removeFirst();
    waitingBytes -= wireBytes(header, bytes, frameBytes);
    assert engine.books.left(book, engine.simulator.nowPs(), header, bytes);
    Channel channel = engine.channel(header);
    channel.waitingPackets--;
    channel.sendFrames(header, offset, bytes, frameBytes, extra);
  }

  /** Bytes on the wire of all that waits here. */
  long waitingBytes() {
    return waitingBytes;
  }

  /** The most bytes that waited here and at the card together since it was asked last. */
  long takeMostBytes() {
    long most = mostBytes;
    mostBytes = 0;
    return most;
  }
}
