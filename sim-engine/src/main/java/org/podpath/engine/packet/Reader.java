package org.podpath.engine.packet;

/**
 * The application at the receiving end of a channel: reads what TCP has in order, at most a
 * super-packet at its thread's turn. When it has read all, it acknowledges a short last segment that
 * nothing has answered (Linux, net/ipv4/tcp.c, tcp_cleanup_rbuf), and it tells of much new room.
 */
final class Reader implements Service {
  /** A super-packet. */
  private static final long SERVICE_BYTES = 65_536;

  private final HostedTcp carrier;
  private final CpuThread thread;
  private final Tally stream;
  private final Tally message;
  private final Tally answers;
  private boolean offered;
  private int packets;
  private int messages;
  private long messageBytes;
  private long readOffset;
  private long readingOffset;
  private boolean answering;

  /**
   * A reader of nothing yet.
   *
   * @param stream what reading of streams costs
   * @param message the same of messages
   * @param answers acknowledgements that it sends
   */
  Reader(HostedTcp carrier, CpuThread thread, Tally stream, Tally message, Tally answers) {
    this.carrier = carrier;
    this.thread = thread;
    this.stream = stream;
    this.message = message;
    this.answers = answers;
  }

  /** TCP has more: super-packets of streams and messages, ends of messages, and their bytes. */
  void take(int morePackets, int moreMessages, long moreMessageBytes) {
    packets += morePackets;
    messages += moreMessages;
    messageBytes += moreMessageBytes;
    offer();
  }

  private void offer() {
    if (!offered && carrier.readableOffset() > readOffset) {
      offered = true;
      thread.offer(this);
    }
  }

  @Override
  public double beginPs(CpuCore core) {
    long waitingBytes = carrier.readableOffset() - readOffset;
    long bytes = Math.min(waitingBytes, SERVICE_BYTES);
    boolean all = bytes == waitingBytes;
    readingOffset = readOffset + bytes;
    long ofMessages = Math.min(bytes, messageBytes);
    long ofStreams = bytes - ofMessages;
    message.bytes = ofMessages;
    message.packets = ofMessages == messageBytes ? messages : 0;
    stream.bytes = ofStreams;
    stream.packets = all ? packets : share(ofStreams, waitingBytes - messageBytes);
    if (all && !carrier.arrivals.hasGap()) {
      forget();
    } else {
      messages -= message.packets;
      messageBytes -= ofMessages;
      packets -= stream.packets;
    }
    double ps = stream.take() + message.take();
    answering = carrier.answersReading(readingOffset, all);
    if (answering) {
      answers.packets = 1;
      answers.frames = 1;
      answers.cold = core.takeColdSend();
      ps += answers.take();
    }
    return ps;
  }

  /** Of the super-packets that wait as many as the bytes are of all their bytes, rounded up. */
  private int share(long bytes, long waitingBytes) {
    return (int) Math.min(packets, Math.ceilDiv(packets * bytes, Math.max(1, waitingBytes)));
  }

  /** All was read: what came twice does not count. */
  private void forget() {
    packets = 0;
    messages = 0;
    messageBytes = 0;
  }

  /** What has come meanwhile is read next. */
  @Override
  public void end() {
    stream.charge();
    message.charge();
    carrier.traceRead(carrier.incoming.peek(), readingOffset - readOffset);
    readOffset = readingOffset;
    assert carrier.engine.books.leftSocket(carrier.socket, readOffset);
    if (answering) {
      answers.charge();
      carrier.acknowledge(carrier.arrivals.next(), 0, false);
    }
    if (carrier.local) {
      carrier.acknowledgeLocally();
    }
    offered = false;
    carrier.deliver(readOffset);
    offer();
  }

  long readOffset() {
    return readOffset;
  }
}
