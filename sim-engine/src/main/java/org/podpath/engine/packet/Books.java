package org.podpath.engine.packet;

import java.util.ArrayList;
import java.util.List;

/**
 * The books of all queues of a run, and of the network as a whole: the payload that pods handed over is
 * what came to pods, what queues dropped and what they hold.
 *
 * <p>They are kept where assertions are enabled ({@code java -ea}), as in every test. All calls stand in
 * {@code assert}: elsewhere nothing is booked, and the JIT leaves nothing of it.
 */
final class Books {
  private final PacketEngine engine;
  private final List<QueueBook> queues = new ArrayList<>();
  /** Those between pods. */
  private final List<QueueBook> between = new ArrayList<>();
  private final int datagramOverheadBytes;
  private QueueBook[] ports = {};
  private long handedOverBytes;
  private long cameToPodsBytes;

  private Books(PacketEngine engine) {
    this.engine = engine;
    datagramOverheadBytes = engine.network.datagramOverheadBytes();
  }

  /** Empty books; null where none are kept. */
  static Books of(PacketEngine engine) {
    return Books.class.desiredAssertionStatus() ? new Books(engine) : null;
  }

  /** The book of a queue between pods. */
  QueueBook between(QueueBook.Word word) {
    QueueBook book = inPod(word);
    between.add(book);
    return book;
  }

  /** The book of a queue within the kernel of pods. */
  QueueBook inPod(QueueBook.Word word) {
    QueueBook book = new QueueBook(word);
    queues.add(book);
    return book;
  }

  /** Opens the books of all ports. */
  boolean openPorts(Ports all) {
    ports = new QueueBook[all.count()];
    for (int id = 0; id < ports.length; id++) {
      int port = id;
      QueueBook.Word word =
          new QueueBook.Word(
              "port " + all.link(port).name(), () -> all.framesInside(port),
              () -> all.droppedFrames(port), () -> 0);
      ports[port] = between(word);
    }
    return true;
  }

  /** A pod hands over {@code bytes} beside what {@code header} has. */
  boolean handedOver(long header, long bytes) {
    handedOverBytes += payloadBytes(header) + bytes;
    return true;
  }

  /** A frame, or a packet, has come to the kernel of a pod. */
  boolean cameToPod(long header) {
    cameToPodsBytes += payloadBytes(header);
    return true;
  }

  /** A frame comes to a port. */
  boolean cameToPort(int port, long nowPs, long header) {
    return came(ports[port], nowPs, header);
  }

  /** A frame was dropped in front of a port. */
  boolean droppedAtPort(int port, long header) {
    return dropped(ports[port], header);
  }

  /** A frame has come to the end of a port's link. */
  boolean leftPort(int port, long nowPs, long header) {
    return left(ports[port], nowPs, header);
  }

  /** A frame comes to a queue, which takes or drops it next. */
  boolean came(QueueBook book, long nowPs, long header) {
    return came(book, nowPs, header, 0);
  }

  /** The same with a packet of {@code bytes} beside what its header has. */
  boolean came(QueueBook book, long nowPs, long header, long bytes) {
    book.came(nowPs, payloadBytes(header) + bytes);
    return true;
  }

  /** The frame that came last was dropped. */
  boolean dropped(QueueBook book, long header) {
    book.dropped(payloadBytes(header));
    return true;
  }

  /** A frame that is not the last that came was dropped. */
  boolean droppedInside(QueueBook book, long nowPs, long header) {
    book.droppedInside(nowPs, payloadBytes(header));
    return true;
  }

  /** A frame has left a queue. */
  boolean left(QueueBook book, long nowPs, long header) {
    return left(book, nowPs, header, 0);
  }

  /** The same with a packet of {@code bytes} beside what its header has. */
  boolean left(QueueBook book, long nowPs, long header, long bytes) {
    book.left(nowPs, 1, payloadBytes(header) + bytes);
    return true;
  }

  /** A pod's socket has more of a stream, in order. */
  boolean cameToSocket(QueueBook book, long offset) {
    book.tookUntil(engine.simulator.nowPs(), offset);
    return true;
  }

  /** The stream has been read on. */
  boolean leftSocket(QueueBook book, long offset) {
    book.leftUntil(engine.simulator.nowPs(), offset);
    return true;
  }

  private long payloadBytes(long header) {
    int overheadBytes =
        engine.channel(header).carrier instanceof Datagrams
            ? datagramOverheadBytes
            : engine.frameOverheadBytes;
    return Frame.wireBytes(header) - overheadBytes;
  }

  /**
   * Balances all books.
   *
   * @throws AssertionError if one does not balance
   */
  boolean balance() {
    long nowPs = engine.simulator.nowPs();
    for (QueueBook book : queues) {
      book.balance(nowPs);
    }
    long insideBytes = 0;
    long droppedBytes = 0;
    for (QueueBook book : between) {
      insideBytes += book.payloadBytes();
      droppedBytes += book.droppedBytes();
    }
    if (handedOverBytes != cameToPodsBytes + droppedBytes + insideBytes) {
      throw new AssertionError(
          "pods handed over " + handedOverBytes + " bytes: " + cameToPodsBytes + " came, "
              + droppedBytes + " were dropped, " + insideBytes + " are under way");
    }
    return true;
  }
}
