package org.podpath.engine.packet;

/** The queue of a UDP socket and the application that reads it, one datagram a call. */
final class DatagramReader implements Service {
  /** Linux, include/net/sock.h, SK_RMEM_MAX: the default of net.core.rmem_default. */
  private static final long QUEUE_BYTES = 212_992;

  /**
   * What a small datagram takes of the queue beside its payload: sk_buff 256, skb_shared_info 320,
   * headroom 192 (Linux, include/linux/skbuff.h, SKB_TRUESIZE).
   */
  private static final long OVERHEAD_BYTES = 768;

  /** A service reads so much at most, like that of a stream: a super-packet. */
  private static final long SERVICE_BYTES = 65_536;

  private final HostedUdp socket;
  private final CpuThread thread;
  private final Tally read;
  private final FrameRing waiting = new FrameRing(8);
  private final QueueBook book;
  private long queuedBytes;
  private long dropped;
  private boolean offered;
  private int reading;

  DatagramReader(HostedUdp socket, CpuThread thread, Tally read) {
    this.socket = socket;
    this.thread = thread;
    this.read = read;
    book = socket.engine.books == null ? null : book();
  }

  private QueueBook book() {
    QueueBook.Word word =
        new QueueBook.Word(
            "socket of " + socket.channel.path(), waiting::size, this::dropped,
            () -> queuedBytes);
    return socket.engine.books.inPod(word);
  }

  /** A datagram comes; it is dropped if the queue is full (net/core/sock.c, __sock_queue_rcv_skb). */
  void queue(long header, long sequence) {
    assert socket.engine.books.came(book, socket.engine.simulator.nowPs(), header);
    if (queuedBytes > QUEUE_BYTES) {
      dropped++;
      assert socket.engine.books.dropped(book, header);
      socket.lost(header, sequence);
      return;
    }
    queuedBytes += queueBytes(header);
    waiting.add(0, header, sequence, 0);
    offer();
  }

  /** Datagrams that found the queue full. */
  long dropped() {
    return dropped;
  }

  private void offer() {
    if (!offered) {
      offered = true;
      thread.offer(this);
    }
  }

  private long payloadBytes(long header) {
    return Frame.wireBytes(header) - socket.overheadBytes;
  }

  private long queueBytes(long header) {
    return payloadBytes(header) + OVERHEAD_BYTES;
  }

  @Override
  public double beginPs(CpuCore at) {
    reading = 0;
    long bytes = 0;
    long room = SERVICE_BYTES;
    while (reading < waiting.size() && room > 0) {
      long header = waiting.header(reading++);
      bytes += payloadBytes(header);
      room -= queueBytes(header);
    }
    read.packets = reading;
    read.bytes = bytes;
    return read.take();
  }

  @Override
  public void end() {
    read.charge();
    for (; reading > 0; reading--) {
      long header = waiting.firstHeader();
      long sequence = waiting.firstSequence();
      waiting.removeFirst();
      assert socket.engine.books.left(book, socket.engine.simulator.nowPs(), header);
      queuedBytes -= queueBytes(header);
      socket.read(header, sequence);
    }
    offered = false;
    if (!waiting.isEmpty()) {
      offer();
    }
  }
}
