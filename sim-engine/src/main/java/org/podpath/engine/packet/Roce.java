package org.podpath.engine.packet;

import org.podpath.engine.datapath.Transport;

/**
 * RoCE between two network cards: the kernels of the hosts have no part in it, and their applications
 * post requests and hear when they are done. Frames leave
 * at the rate of DCQCN; the receiver takes them in order only, and what follows a loss is sent again.
 * After so many time-outs in a row the queue pair fails, and its flows do not arrive.
 */
final class Roce extends Carrier {
  /**
   * assumption: frames acknowledged together, beside the last of each flow. Where they come slowly
   * none waits for an answer longer than this share of the sender's time-out, which would run out.
   */
  private static final int FRAMES_PER_ANSWER = 16;
  /** Frames that the card keeps ready for its port; it takes no more while the port waits. */
  private static final int READY_FRAMES = 2;
  /** Extended headers of answers (InfiniBand Annex A17): of acknowledgements, of notifications. */
  private static final int ACKNOWLEDGEMENT_BYTES = 4;
  private static final int NOTIFICATION_BYTES = 16;

  private final Transport.Roce transport;
  private final Dcqcn rate;
  private final int segmentBytes;
  private final int overheadBytes;
  private final long dataHeader;
  /** Null where hosts cost nothing. */
  private final WorkRequests requests;
  private long sent;
  private long next;
  private long first;
  private long mayLeavePs;
  private long deadlinePs = NEVER_PS;
  private int timeouts;
  private long sentAgain;
  private long received;
  private boolean asked;
  private int unanswered;
  private long answeredAtPs;
  private long notifiedAtPs = Long.MIN_VALUE;

  Roce(Channel channel, Transport.Roce transport) {
    super(channel);
    this.transport = transport;
    segmentBytes = engine.network.segmentBytes();
    overheadBytes = engine.network.frameOverheadBytes();
    dataHeader = channel.header(Frame.DATA, overheadBytes) | Frame.MARKABLE;
    requests = engine.hostsAreFree ? null : new WorkRequests(this);
    rate = new Dcqcn(transport.dcqcn(), engine.ports.link(channel.firstPort()).bitsPerSecond());
  }

  @Override
  void goOn() {
    pump();
  }

  private void pump() {
    if (hasGivenUp()) {
      return;
    }
    long nowPs = engine.simulator.nowPs();
    while (hasMore() && next - first + segmentBytes <= transport.windowBytes()) {
      if (mayLeavePs > nowPs) {
        wakeBy(mayLeavePs);
        break;
      }
      long readyBytes = (long) READY_FRAMES * (segmentBytes + overheadBytes);
      if (engine.ports.queuedBytes(channel.firstPort()) > readyBytes) {
        wakeBy(
            nowPs
                + engine.ports.framePs(channel.firstPort(), segmentBytes + overheadBytes));
        break;
      }
      if (channel.limiter() != null && channel.limiter().queuedBytes() > readyBytes) {
        wakeBy(nowPs + channel.limiter().drainPs(segmentBytes + overheadBytes));
        break;
      }
      emit(nowPs);
    }
    if (next > first) {
      wakeBy(deadlinePs);
    }
  }

  @Override
  int waitsInVain() {
    return timeouts;
  }

  @Override
  boolean hasGivenUp() {
    return timeouts > Transport.Roce.MOST_TIMEOUTS;
  }

  private boolean hasMore() {
    return next < sent
        || (requests == null ? !outgoing.isEmpty() : requests.isPosted());
  }

  /** The first byte that was never sent, or is to be sent again. */
  long nextOffset() {
    return next;
  }

  private void emit(long nowPs) {
    int bytes;
    long flags = 0;
    if (next < sent) {
      bytes = (int) Math.min(sent - next, segmentBytes);
      flags = Frame.AGAIN;
      sentAgain++;
    } else {
      Transfer transfer = outgoing.element();
      if (!transfer.isPlaced()) {
        transfer.placeAt(next);
      }
      long left = transfer.endOffset - next;
      bytes = (int) Math.min(left, segmentBytes);
      if (left == bytes) {
        flags = Frame.LAST;
        outgoing.remove();
      }
    }
    channel.sendData(dataHeader + bytes | flags, next, 0);
    if (deadlinePs == NEVER_PS) {
      deadlinePs = nowPs + transport.leastTimeoutPs();
    }
    next += bytes;
    sent = Math.max(sent, next);
    double bitsPerSecond = rate.bitsPerSecond(nowPs);
    rate.sent(bytes);
    long gapPs = (long) ((bytes + overheadBytes) * 8e12 / bitsPerSecond);
    mayLeavePs = Math.max(mayLeavePs, nowPs - gapPs) + gapPs;
  }

  @Override
  void arrived(long header, long sequence, long extra) {
    switch (Frame.kind(header)) {
      case Frame.DATA -> receive(header, sequence);
      case Frame.ACKNOWLEDGEMENT -> acknowledged(sequence);
      case Frame.OUT_OF_SEQUENCE -> {
        acknowledged(sequence);
        next = Math.max(first, sequence);
        pump();
      }
      case Frame.CONGESTION_NOTIFICATION -> rate.notified(engine.simulator.nowPs());
      default -> throw new IllegalStateException("RoCE sends no frame of kind "
          + Frame.kind(header));
    }
  }

  private void receive(long header, long offset) {
    long nowPs = engine.simulator.nowPs();
    if (Frame.has(header, Frame.MARKED)
        && nowPs - transport.dcqcn().notificationPs() >= notifiedAtPs) {
      notifiedAtPs = nowPs;
      answer(Frame.CONGESTION_NOTIFICATION);
    }
    int bytes = Frame.wireBytes(header) - overheadBytes;
    if (offset > received) {
      if (!asked) {
        asked = true;
        answer(Frame.OUT_OF_SEQUENCE);
      }
      return;
    }
    if (offset + bytes <= received) {
      answer(Frame.ACKNOWLEDGEMENT);
      return;
    }
    received = offset + bytes;
    asked = false;
    unanswered++;
    if (requests == null) {
      deliver(received);
    } else {
      requests.arrived();
    }
    boolean flowEnds = Frame.has(header, Frame.LAST) || Frame.has(header, Frame.AGAIN);
    boolean late = nowPs - answeredAtPs >= transport.leastTimeoutPs() / FRAMES_PER_ANSWER;
    if (unanswered >= FRAMES_PER_ANSWER || flowEnds || late) {
      unanswered = 0;
      answeredAtPs = nowPs;
      answer(Frame.ACKNOWLEDGEMENT);
    }
  }

  private void answer(int kind) {
    int extendedBytes =
        kind == Frame.CONGESTION_NOTIFICATION ? NOTIFICATION_BYTES : ACKNOWLEDGEMENT_BYTES;
    channel.sendAnswer(channel.header(kind, overheadBytes + extendedBytes), received, 0);
  }

  private void acknowledged(long offset) {
    if (offset > first) {
      timeouts = 0;
      first = offset;
      next = Math.max(next, first);
      deadlinePs =
          first == sent ? NEVER_PS : engine.simulator.nowPs() + transport.leastTimeoutPs();
      pump();
    }
  }

  @Override
  void timeHasCome() {
    long nowPs = engine.simulator.nowPs();
    if (deadlinePs <= nowPs && !hasGivenUp()) {
      timeouts++;
      next = first;
      deadlinePs = nowPs + transport.leastTimeoutPs();
      engine.timedOut();
    }
    pump();
  }

  /** The rate that DCQCN allows now. */
  double bitsPerSecond() {
    return rate.bitsPerSecond(engine.simulator.nowPs());
  }

  @Override
  long sentOffset() {
    return sent;
  }

  @Override
  long deliveredOffset() {
    return requests == null ? received : requests.readOffset();
  }

  @Override
  long receivedOffset() {
    return received;
  }

  @Override
  long retransmissions() {
    return sentAgain;
  }
}
