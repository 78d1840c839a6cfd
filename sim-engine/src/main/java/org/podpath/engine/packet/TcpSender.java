package org.podpath.engine.packet;

import org.podpath.engine.datapath.Transport;

/**
 * The sending side of TCP in one direction: which bytes may go now, which were lost, and when to
 * give up waiting. Bytes are offsets from the first of the connection.
 *
 * <p>Which segments are lost follows from the {@link Scoreboard}, and so does what may be under way
 * during recovery (the pipe of RFC 6675 section 5).
 */
final class TcpSender {
  private static final long NEVER_PS = Long.MAX_VALUE;
  /** Linux, net.ipv4.tcp_retries2: then the connection is given up. */
  private static final int MOST_TIMEOUTS = 15;

  private final Transport.Tcp transport;
  private CongestionControl control;
  private final int segmentBytes;
  private final boolean markable;
  private final RoundTrip roundTrip;
  private final Scoreboard board;
  private long first;
  private long next;
  private long edge;
  private long recoveredAt;
  private boolean recovering;
  private boolean timedOut;
  /** The first segment of a recovery does not wait for the window (RFC 6675 section 5, 4.3). */
  private boolean atOnce;
  private long deadlinePs = NEVER_PS;
  private long sentAtPs;
  private int timeouts;
  private long retransmissions;

  TcpSender(Transport.Tcp transport, int segmentBytes) {
    this.transport = transport;
    this.segmentBytes = segmentBytes;
    control = CongestionControl.of(transport, segmentBytes);
    markable = transport.markable();
    edge = transport.windowBytes();
    roundTrip = new RoundTrip(transport.leastTimeoutPs());
    board = new Scoreboard(segmentBytes);
  }

  /** The connection is opened anew: nothing is known of the network. */
  void reopen() {
    control = CongestionControl.of(transport, segmentBytes);
    roundTrip.forget();
  }

  /** The first byte that was never sent. */
  long next() {
    return next;
  }

  /** The first byte that is not known to have arrived. */
  long first() {
    return first;
  }

  /** The next segment to send again, −1 if there is none or the window holds it back. */
  long lostOffset() {
    boolean due = recovering && board.waitingBytes() > 0;
    return due && (atOnce || fitsWindow(segmentBytes)) ? board.lostOffset(first) : -1;
  }

  /** Bytes of the lost segment that begins at {@code offset}. */
  int lostBytes(long offset) {
    return board.lostBytes(offset);
  }

  /** Bytes never sent that may go now. */
  long roomBytes() {
    long room = (long) control.windowBytes - pipeBytes();
    return Math.min(room, edge - next);
  }

  private boolean fitsWindow(int bytes) {
    return pipeBytes() + bytes <= control.windowBytes;
  }

  /** Bytes that are taken to be in the network. */
  private long pipeBytes() {
    return next - first - board.arrivedBytes() - board.waitingBytes();
  }

  /** Bytes from {@code offset} leave now. */
  void sent(long offset, int bytes, long nowPs) {
    if (offset < next) {
      board.sentAgain(offset, bytes);
      atOnce = false;
      roundTrip.sentAgain();
      retransmissions++;
    } else {
      next = offset + bytes;
      roundTrip.sent(next, nowPs);
    }
    sentAtPs = nowPs;
    if (deadlinePs == NEVER_PS) {
      deadlinePs = nowPs + roundTrip.timeoutPs();
    }
  }

  /** Something is about to be sent after a pause. */
  void wakeUp(long nowPs) {
    if (next == first && next > 0 && nowPs - sentAtPs > roundTrip.timeoutPs()) {
      control.restart(transport.initialSegments());
    }
  }

  /**
   * An acknowledgement.
   *
   * @param offset everything before it has arrived
   * @param from first byte that arrived beyond a gap, with {@code to}; equal if none is told of
   * @param window bytes beyond {@code offset} that the receiver takes
   * @param marked whether it tells of a mark
   * @return whether anything changed
   */
  boolean acknowledged(long offset, long from, long to, long window, boolean marked, long nowPs) {
    if (offset < first) {
      return false;
    }
    long acknowledged = offset - first;
    long knownBytes = first + board.arrivedBytes();
    long flightBytes = next - knownBytes;
    edge = Math.max(edge, offset + window);
    if (acknowledged > 0) {
      advance(offset, nowPs);
    }
    if (to > from && to > first) {
      board.arrived(first, from, to);
    }
    if (markable) {
      control.marked(acknowledged, marked ? acknowledged : 0, offset, next);
    }
    if (recovering && offset >= recoveredAt) {
      recovering = false;
      timedOut = false;
      atOnce = false;
      board.end();
    }
    if (recovering || !board.isEmpty()) {
      recover(flightBytes, acknowledged > 0);
    }
    boolean inUse = flightBytes * 2 >= control.windowBytes;
    if (acknowledged > 0 && inUse && (!recovering || timedOut)) {
      long arrivedBytes = first + board.arrivedBytes() - knownBytes;
      control.acknowledged(arrivedBytes, nowPs, roundTrip.smoothedPs());
    }
    return true;
  }

  private void advance(long offset, long nowPs) {
    board.acknowledged(first, offset);
    first = offset;
    timeouts = 0;
    roundTrip.arrived(offset, nowPs);
    deadlinePs = first == next ? NEVER_PS : nowPs + roundTrip.timeoutPs();
  }

  private void recover(long flightBytes, boolean partly) {
    if (partly && recovering) {
      board.loseFirst(first, next);
    }
    if (!timedOut) {
      long lost = board.lostBefore();
      if (!recovering && lost > first) {
        recovering = true;
        recoveredAt = next;
        atOnce = true;
        board.beginAt(first);
        control.lost(flightBytes);
      }
      board.loseBefore(lost);
    }
    if (recovering) {
      board.count(first);
    }
  }

  /** When the sender gives up waiting for an answer. */
  long deadlinePs() {
    return deadlinePs;
  }

  /** The deadline has passed: everything that has not arrived is lost. */
  void giveUpWaiting(long nowPs) {
    timeouts++;
    if (timeouts > MOST_TIMEOUTS) {
      deadlinePs = NEVER_PS;
      return;
    }
    control.timedOut(next - first - board.arrivedBytes());
    recovering = true;
    timedOut = true;
    recoveredAt = next;
    board.beginAt(first);
    board.loseBefore(next);
    board.count(first);
    roundTrip.backOff();
    deadlinePs = nowPs + roundTrip.timeoutPs();
  }

  /** Whether the other side is taken to be gone. */
  boolean isDead() {
    return timeouts > MOST_TIMEOUTS;
  }

  /** The last measured round trip, once: 0 if there is none since the last call. */
  long takeSamplePs() {
    return roundTrip.takeLastPs();
  }

  /** Segments that were sent again. */
  long retransmissions() {
    return retransmissions;
  }

  /** The congestion window. */
  double windowBytes() {
    return control.windowBytes;
  }
}
