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
  private final RoundTrip roundTrip = new RoundTrip();
  /** Null while nothing is late or lost. */
  private Scoreboard board;
  /** What the last scoreboard knew of the network. */
  private short lateSegments = Scoreboard.FEWEST_LATE_SEGMENTS;
  private byte timeouts;
  private int retransmissions;
  private long first;
  private long next;
  private long edge;
  private long deadlinePs = NEVER_PS;
  private long sentAtPs;

  TcpSender(Transport.Tcp transport, int segmentBytes) {
    this.transport = transport;
    this.segmentBytes = segmentBytes;
    control = CongestionControl.of(transport, segmentBytes);
    edge = transport.windowBytes();
  }

  /** The connection is opened anew: nothing is known of the network. */
  void reopen() {
    control = CongestionControl.of(transport, segmentBytes);
    roundTrip.forget();
  }

  /** Payload of a full segment. */
  int segmentBytes() {
    return segmentBytes;
  }

  /** Whether switches may mark its segments. */
  boolean isMarkable() {
    return control instanceof Dctcp;
  }

  /** What the receiver holds at most, unread or beyond gaps. */
  long bufferBytes() {
    return transport.windowBytes();
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
    boolean due = board != null && board.isRecovering() && board.waitingBytes() > 0;
    return due && (board.isAtOnce() || fitsWindow(segmentBytes)) ? board.lostOffset(first) : -1;
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
    long flightBytes = next - first;
    return board == null
        ? flightBytes
        : flightBytes - board.arrivedBytes() - board.waitingBytes();
  }

  private long arrivedBytes() {
    return board == null ? 0 : board.arrivedBytes();
  }

  /** Bytes from {@code offset} leave now. */
  void sent(long offset, int bytes, long nowPs) {
    if (offset < next) {
      board.sentAgain(offset, bytes);
      roundTrip.sentAgain();
      retransmissions++;
    } else {
      next = offset + bytes;
      roundTrip.sent(next, nowPs);
    }
    sentAtPs = nowPs;
    if (deadlinePs == NEVER_PS) {
      deadlinePs = nowPs + timeoutPs();
    }
  }

  private long timeoutPs() {
    return roundTrip.timeoutPs(transport.leastTimeoutPs());
  }

  /** Something is about to be sent after a pause. */
  void wakeUp(long nowPs) {
    if (next == first && next > 0 && nowPs - sentAtPs > timeoutPs()) {
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
    long knownBytes = first + arrivedBytes();
    long flightBytes = next - knownBytes;
    edge = Math.max(edge, offset + window);
    if (acknowledged > 0) {
      advance(offset, nowPs);
    }
    if (to > from && to > first) {
      board().arrived(first, from, to);
    }
    if (control instanceof Dctcp dctcp) {
      dctcp.marked(acknowledged, marked ? acknowledged : 0, offset, next);
    }
    if (board != null) {
      recover(flightBytes, acknowledged > 0);
    }
    boolean inUse = flightBytes * 2 >= control.windowBytes;
    if (acknowledged > 0 && inUse && (board == null || board.letsWindowGrow())) {
      long arrivedBytes = first + arrivedBytes() - knownBytes;
      control.acknowledged(arrivedBytes, nowPs, roundTrip.smoothedPs());
    }
    return true;
  }

  private void advance(long offset, long nowPs) {
    if (board != null) {
      board.acknowledged(first, offset);
    }
    first = offset;
    timeouts = 0;
    roundTrip.arrived(offset, nowPs);
    deadlinePs = first == next ? NEVER_PS : nowPs + timeoutPs();
  }

  private Scoreboard board() {
    if (board == null) {
      board = new Scoreboard(segmentBytes, lateSegments);
    }
    return board;
  }

  private void recover(long flightBytes, boolean partly) {
    board.endRecovery(first);
    if (board.isRecovering() && partly) {
      board.loseFirst(first, next);
    }
    if (!board.isAfterTimeout() && !board.isEmpty()) {
      long lost = board.lostBefore();
      if (!board.isRecovering() && lost > first) {
        board.beginRecovery(first, next);
        control.lost(flightBytes);
      }
      board.loseBefore(lost);
    }
    if (board.isRecovering()) {
      board.count(first);
    } else if (first == next) {
      lateSegments = (short) board.lateSegments();
      board = null;
    }
  }

  /** When the sender gives up waiting for an answer. */
  long deadlinePs() {
    return deadlinePs;
  }

  /** The deadline has passed: everything that has not arrived is lost. */
  void giveUpWaiting(long nowPs) {
    timeouts = (byte) Math.min(timeouts + 1, MOST_TIMEOUTS + 1);
    if (isDead()) {
      deadlinePs = NEVER_PS;
      return;
    }
    control.timedOut(next - first - arrivedBytes());
    board().loseAll(first, next);
    roundTrip.backOff();
    deadlinePs = nowPs + timeoutPs();
  }

  /** How often in a row it has waited in vain. */
  int timeouts() {
    return timeouts;
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
