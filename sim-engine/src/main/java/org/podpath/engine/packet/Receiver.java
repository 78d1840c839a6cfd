package org.podpath.engine.packet;

import java.util.Arrays;
import org.podpath.engine.datapath.Transport;

/**
 * The kernel's part of the receiving end of a channel. GRO joins what follows each other within a poll
 * into super-packets. TCP takes them in the softirq: it acknowledges when more than one segment is
 * unanswered (Linux, net/ipv4/tcp_input.c, __tcp_ack_snd_check), at once what did not come in order,
 * and on a connection that carries no data back its first packets each (tcp_enter_quickack_mode).
 */
final class Receiver implements PollEnd {
  private final HostedTcp carrier;
  private final Tally stream;
  private final Tally message;
  private final Tally answers;
  private final Reader reader;
  private boolean connected;
  private boolean inPart;
  /** Segments of the super-packet that frames are joined to; 0: there is none. */
  private int segments;
  private Tally joinedTally;
  private long joinedOffset;
  private long joinedBytes;
  private boolean marked;
  /** The next byte in order, as far as this poll knows. */
  private long expectedOffset;
  /** Whether something came beyond a gap, as far as this poll knows: all that follows is answered at once. */
  private boolean gap;
  /** The same of the frames that have arrived: a poll takes the frames of a part before they arrive. */
  private boolean gapArrived;
  private long unansweredBytes;
  private int quickAnswers;
  private int packets;
  private int messages;
  private long messageBytes;
  private boolean shortEnd;
  /** Whether the last frame is the last of a message. */
  private boolean ends;
  /** Acknowledgements that leave when the part is over: twice the offset, one more to echo marks. */
  private long[] due = new long[8];
  private int dues;

  /**
   * An end that nothing has reached.
   *
   * @param stream what frames of streams cost in a poll
   * @param message the same of messages
   * @param answers acknowledgements that a poll sends
   */
  Receiver(HostedTcp carrier, Tally stream, Tally message, Tally answers, Reader reader) {
    this.carrier = carrier;
    this.stream = stream;
    this.message = message;
    this.answers = answers;
    this.reader = reader;
    connected = carrier.channel.reverse;
    quickAnswers = Transport.Tcp.QUICK_ANSWERS;
  }

  /** The next packet is the first of a connection again. */
  void reopen() {
    connected = false;
    quickAnswers = Transport.Tcp.QUICK_ANSWERS;
  }

  @Override
  public boolean joinPart() {
    boolean first = !inPart;
    inPart = true;
    return first;
  }

  @Override
  public double interruptPs() {
    return message.interruptPs();
  }

  @Override
  public boolean take(long header, long offset, CpuCore core) {
    if (Frame.kind(header) != Frame.DATA) {
      takeControl(header, core);
      return true;
    }
    int bytes = Frame.wireBytes(header) - carrier.overheadBytes;
    boolean ofMessage = Frame.has(header, Frame.MESSAGE);
    boolean last = Frame.has(header, Frame.LAST);
    boolean mark = Frame.has(header, Frame.MARKED);
    boolean inOrder = !gap && offset == expectedOffset;
    Tally tally = ofMessage ? message : stream;
    tally.frames++;
    tally.bytes += bytes;
    tally.pieces += Frame.has(header, Frame.ALONE) ? 0 : 1;
    boolean whole = segments > 0 && (!inOrder || mark != marked);
    if (whole) {
      endPacket(core);
    }
    if (segments == 0) {
      beginPacket(tally, offset, mark, core);
    }
    segments++;
    joinedBytes += bytes;
    shortEnd = bytes < carrier.segmentBytes;
    ends = ofMessage && last;
    if (inOrder) {
      unansweredBytes += bytes;
    } else {
      gap |= offset > expectedOffset;
      answer(core);
    }
    if (!gap) {
      expectedOffset = Math.max(expectedOffset, offset + bytes);
    }
    if (segments == carrier.engine.joinedSegments || shortEnd || last || !inOrder) {
      endPacket(core);
      whole = true;
    }
    return whole;
  }

  @Override
  public boolean holds() {
    return segments > 0;
  }

  @Override
  public void flush(CpuCore core) {
    endPacket(core);
  }

  private void beginPacket(Tally tally, long offset, boolean mark, CpuCore core) {
    joinedTally = tally;
    joinedOffset = offset;
    joinedBytes = 0;
    if (mark != marked && unansweredBytes > 0) { // RFC 8257 section 3.2
      answerInOrder(core);
    }
    marked = mark;
  }

  /** TCP has the super-packet. */
  private void endPacket(CpuCore core) {
    segments = 0;
    joinedTally.packets++;
    joinedTally.cold |= core.takeColdReceive();
    joinedTally.first |= !connected;
    connected = true;
    if (joinedTally == stream) {
      packets++;
    } else {
      messageBytes += joinedBytes;
      messages += ends ? 1 : 0;
    }
    ends = false;
    boolean quick = quickAnswers > 0 && !carrier.answersRide();
    if (unansweredBytes > carrier.segmentBytes || quick && unansweredBytes > 0) {
      quickAnswers--;
      answerInOrder(core);
    }
  }

  private void answerInOrder(CpuCore core) {
    if (dues == due.length) {
      due = Arrays.copyOf(due, 2 * dues);
    }
    due[dues++] = expectedOffset << 1 | (marked ? 1 : 0);
    answer(core);
  }

  private void answer(CpuCore core) {
    answers.packets++;
    answers.frames++;
    answers.cold |= core.takeColdSend();
    unansweredBytes = 0;
  }

  /** A SYN or a FIN: each is a packet and answered at once. */
  private void takeControl(long header, CpuCore core) {
    message.frames++;
    message.packets++;
    message.cold |= core.takeColdReceive();
    message.first |= Frame.kind(header) == Frame.SYN && !connected;
    connected = true;
    answer(core);
  }

  @Override
  public double partPs() {
    return stream.take() + message.take() + answers.take();
  }

  @Override
  public void arrive(long header, long offset, long extra) {
    if (Frame.kind(header) == Frame.SYN) {
      carrier.greetBack();
      return;
    }
    if (Frame.kind(header) == Frame.FIN) {
      carrier.acknowledge(carrier.arrivals.next(), 0, false);
      return;
    }
    boolean inOrder = !gapArrived && offset == carrier.arrivals.next();
    gapArrived |= offset > carrier.arrivals.next();
    carrier.arrivals.arrived(offset, Frame.wireBytes(header) - carrier.overheadBytes);
    assert carrier.engine.books.cameToSocket(carrier.socket, carrier.arrivals.next());
    if (!inOrder) {
      answerAtOnce(Frame.has(header, Frame.MARKED));
    }
    if (carrier.channel.opposite != null
        && carrier.channel.opposite.carrier instanceof HostedTcp other) {
      other.acknowledged(header & ~Frame.ECHOES, extra, 0);
    }
  }

  /**
   * What came beyond a gap, or a second time, is answered at once (RFC 5681 section 4.2, RFC 9293 section
   * 3.10.7.4). Bytes that the poll has taken behind it stay unanswered: they have not arrived yet.
   */
  private void answerAtOnce(boolean mark) {
    long behindBytes = unansweredBytes;
    carrier.acknowledge(carrier.arrivals.next(), carrier.arrivals.told(), mark);
    unansweredBytes = behindBytes;
  }

  @Override
  public void endPart() {
    inPart = false;
    stream.charge();
    message.charge();
    answers.charge();
    for (int i = 0; i < dues; i++) {
      carrier.acknowledge(due[i] >>> 1, 0, (due[i] & 1) != 0);
    }
    dues = 0;
    expectedOffset = carrier.arrivals.next();
    gap = carrier.arrivals.hasGap();
    gapArrived = gap;
    if (unansweredBytes > 0) {
      carrier.delayAnswer();
    }
    reader.take(packets, messages, messageBytes);
    packets = 0;
    messages = 0;
    messageBytes = 0;
  }

  /** Everything before it has gone up the stack, in order. */
  long readableOffset() {
    long next = carrier.arrivals.next();
    return segments > 0 ? Math.min(joinedOffset, next) : next;
  }

  /** Whether the last of what came is a short segment that nothing has answered: a push. */
  boolean pushed() {
    return shortEnd && unansweredBytes > 0;
  }

  /** All that has arrived has been answered. */
  void answered() {
    unansweredBytes = 0;
  }
}
