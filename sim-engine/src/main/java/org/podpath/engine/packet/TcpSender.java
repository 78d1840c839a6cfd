package org.podpath.engine.packet;

import org.podpath.engine.datapath.Transport;

/**
 * The sending side of TCP in one direction: which bytes may go now, which were lost, and when to give
 * up waiting. Bytes are offsets from the first of the connection.
 *
 * <p>A segment is lost when more than two full segments beyond it have arrived (RFC 6675 section 3, by
 * bytes), or as many as late ones ever were beyond an older one (as Linux measures reordering). What
 * may be under way during recovery follows from what has arrived (the pipe of RFC 6675 section 5).
 */
final class TcpSender {
  private static final long NEVER_PS = Long.MAX_VALUE;
  /** Linux, net.ipv4.tcp_retries2: then the connection is given up. */
  private static final int MOST_TIMEOUTS = 15;
  /** Linux, net.ipv4.tcp_max_reordering. */
  private static final int MOST_REORDERED_SEGMENTS = 300;

  private final Transport.Tcp transport;
  private CongestionControl control;
  private final int segmentBytes;
  private final boolean markable;
  private final RoundTrip roundTrip;
  private final ByteRanges arrived = new ByteRanges();
  private long first;
  private long next;
  private long edge;
  private long again;
  private long lostEnd;
  private long waitingAgain;
  private long recoveredAt;
  private boolean recovering;
  private boolean timedOut;
  /** The first segment of a recovery does not wait for the window (RFC 6675 section 5, 4.3). */
  private boolean atOnce;
  private int lateSegments = 2;
  /** Beyond it nothing was ever sent again. */
  private long onceFrom;
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
    if (!recovering || waitingAgain <= 0 || !atOnce && !fitsWindow(segmentBytes)) {
      return -1;
    }
    long offset = Math.max(first, again);
    offset = skipArrived(offset);
    return offset < lostEnd ? offset : -1;
  }

  /** Bytes of the lost segment that begins at {@code offset}. */
  int lostBytes(long offset) {
    long end = Math.min(lostEnd, offset + segmentBytes);
    for (int range = 0; range < arrived.size(); range++) {
      if (arrived.from(range) > offset) {
        end = Math.min(end, arrived.from(range));
        break;
      }
    }
    return (int) (end - offset);
  }

  private long skipArrived(long offset) {
    for (int range = 0; range < arrived.size(); range++) {
      if (arrived.from(range) <= offset && offset < arrived.to(range)) {
        return arrived.to(range);
      }
    }
    return offset;
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
    return next - first - arrived.bytes() - waitingAgain;
  }

  /** Bytes from {@code offset} leave now. */
  void sent(long offset, int bytes, long nowPs) {
    if (offset < next) {
      again = offset + bytes;
      onceFrom = Math.max(onceFrom, again);
      waitingAgain -= bytes;
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
    long knownBytes = first + arrived.bytes();
    long flightBytes = next - knownBytes;
    edge = Math.max(edge, offset + window);
    if (acknowledged > 0) {
      advance(offset, nowPs);
    }
    if (to > from && to > first) {
      long late = skipArrived(Math.max(from, first));
      if (late < to) {
        noteLate(late);
      }
      arrived.add(Math.max(from, first), to);
    }
    if (markable) {
      control.marked(acknowledged, marked ? acknowledged : 0, offset, next);
    }
    if (recovering && offset >= recoveredAt) {
      recovering = false;
      timedOut = false;
      atOnce = false;
      waitingAgain = 0;
    }
    if (!arrived.isEmpty() || recovering) {
      recover(flightBytes, acknowledged > 0);
    }
    boolean inUse = flightBytes * 2 >= control.windowBytes;
    if (acknowledged > 0 && inUse && (!recovering || timedOut)) {
      long arrivedBytes = first + arrived.bytes() - knownBytes;
      control.acknowledged(arrivedBytes, nowPs, roundTrip.smoothedPs());
    }
    return true;
  }

  private void advance(long offset, long nowPs) {
    noteLate(first);
    first = offset;
    arrived.removeBelow(offset);
    timeouts = 0;
    roundTrip.arrived(offset, nowPs);
    deadlinePs = first == next ? NEVER_PS : nowPs + roundTrip.timeoutPs();
  }

  /**
   * Bytes from {@code offset} on arrive behind later ones. Unless they were sent again, the network
   * reorders that far.
   */
  private void noteLate(long offset) {
    int last = arrived.size() - 1;
    if (last >= 0 && offset < arrived.from(last) && offset >= onceFrom) {
      long segments = (arrived.to(last) - offset) / segmentBytes;
      lateSegments = (int) Math.min(MOST_REORDERED_SEGMENTS, Math.max(lateSegments, segments));
    }
  }

  /** A partial acknowledgement tells that what follows it was lost too (RFC 6582 section 3.2). */
  private void recover(long flightBytes, boolean partly) {
    if (partly && recovering && again <= first) {
      lostEnd = Math.max(lostEnd, Math.min(next, first + segmentBytes));
    }
    if (!timedOut) {
      long lost = lostBefore();
      if (!recovering && lost > first) {
        recovering = true;
        recoveredAt = next;
        again = first;
        atOnce = true;
        control.lost(flightBytes);
      }
      lostEnd = Math.max(lostEnd, lost);
    }
    if (recovering) {
      waitingAgain = gapBytes(Math.max(first, again), lostEnd);
    }
  }

  /** Everything before it that has not arrived is lost. */
  private long lostBefore() {
    long beyond = 0;
    for (int range = arrived.size() - 1; range >= 0; range--) {
      beyond += arrived.to(range) - arrived.from(range);
      if (beyond > (long) lateSegments * segmentBytes) {
        return arrived.from(range);
      }
    }
    return 0;
  }

  private long gapBytes(long from, long to) {
    long gaps = Math.max(0, to - from);
    for (int range = 0; range < arrived.size(); range++) {
      long overlap = Math.min(to, arrived.to(range)) - Math.max(from, arrived.from(range));
      gaps -= Math.max(0, overlap);
    }
    return gaps;
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
    control.timedOut(next - first - arrived.bytes());
    recovering = true;
    timedOut = true;
    recoveredAt = next;
    again = first;
    lostEnd = next;
    waitingAgain = gapBytes(first, next);
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
