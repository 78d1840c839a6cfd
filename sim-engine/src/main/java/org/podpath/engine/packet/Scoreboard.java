package org.podpath.engine.packet;

/**
 * What the sender of TCP knows of the bytes that it has sent and that are not acknowledged: which
 * have arrived beyond a gap, which are lost, and which of these have been sent again (RFC 6675
 * section 3). A sender keeps one only as long as something is late or lost.
 *
 * <p>A segment is lost when more than two full segments beyond it have arrived (section 4, IsLost,
 * by bytes), or as many as late ones ever were beyond an older one, as Linux measures reordering.
 */
final class Scoreboard {
  /** RFC 6675 section 2: DupThresh of three segments, so two may be beyond a late one. */
  static final int FEWEST_LATE_SEGMENTS = 2;
  /** Linux, net.ipv4.tcp_max_reordering. */
  private static final int MOST_LATE_SEGMENTS = 300;

  private final int segmentBytes;
  private final ByteRanges arrived = new ByteRanges();
  private int lateSegments;
  private boolean recovering;
  private boolean afterTimeout;
  private boolean atOnce;
  private long recoveredAt;
  /** What is lost before it has been sent again, since the recovery began. */
  private long again;
  /** Nothing beyond it is lost. */
  private long lostEnd;
  /** Lost bytes that have not been sent again. */
  private long waitingBytes;
  /** Nothing beyond it was ever sent again. */
  private long onceFrom;

  /**
   * Nothing is late or lost.
   *
   * @param lateSegments how far the network is known to reorder, at least {@link
   *     #FEWEST_LATE_SEGMENTS}
   */
  Scoreboard(int segmentBytes, int lateSegments) {
    this.segmentBytes = segmentBytes;
    this.lateSegments = lateSegments;
  }

  /** So many segments may be beyond a late one before it is lost; at most 300. */
  int lateSegments() {
    return lateSegments;
  }

  /** Whether nothing has arrived beyond a gap. */
  boolean isEmpty() {
    return arrived.isEmpty();
  }

  /** Bytes that have arrived beyond a gap. */
  long arrivedBytes() {
    return arrived.bytes();
  }

  /** Bytes that are lost and have not been sent again. */
  long waitingBytes() {
    return waitingBytes;
  }

  /** Everything before {@code offset} has arrived; before, that was so of {@code first}. */
  void acknowledged(long first, long offset) {
    noteLate(first);
    arrived.removeBelow(offset);
  }

  /** The bytes from {@code from} to before {@code to} have arrived, beyond {@code first}. */
  void arrived(long first, long from, long to) {
    long late = skipArrived(Math.max(from, first));
    if (late < to) {
      noteLate(late);
      arrived.add(late, to);
    }
  }

  /**
   * Bytes from {@code offset} on arrive behind later ones. Unless they were sent again, the network
   * reorders that far.
   */
  private void noteLate(long offset) {
    int last = arrived.size() - 1;
    if (last >= 0 && offset < arrived.from(last) && offset >= onceFrom) {
      long segments = (arrived.to(last) - offset) / segmentBytes;
      lateSegments = (int) Math.min(MOST_LATE_SEGMENTS, Math.max(lateSegments, segments));
    }
  }

  /** Everything before it that has not arrived is lost; 0: nothing is known to be. */
  long lostBefore() {
    long beyond = 0;
    for (int range = arrived.size() - 1; range >= 0; range--) {
      beyond += arrived.to(range) - arrived.from(range);
      if (beyond > (long) lateSegments * segmentBytes) {
        return arrived.from(range);
      }
    }
    return 0;
  }

  /** Whether what was lost is being sent again. */
  boolean isRecovering() {
    return recovering;
  }

  /** Whether it is because nothing was heard for too long. */
  boolean isAfterTimeout() {
    return afterTimeout;
  }

  /** The first segment of a recovery does not wait for the window (RFC 6675 section 5, 4.3). */
  boolean isAtOnce() {
    return atOnce;
  }

  /** Whether the congestion window grows: not while the network recovers from a loss. */
  boolean letsWindowGrow() {
    return !recovering || afterTimeout;
  }

  /** What is lost from {@code first} on is sent again, until all before {@code next} has arrived. */
  void beginRecovery(long first, long next) {
    recovering = true;
    atOnce = true;
    recoveredAt = next;
    again = first;
  }

  /** Everything from {@code first} to before {@code next} that has not arrived is lost. */
  void loseAll(long first, long next) {
    recovering = true;
    afterTimeout = true;
    recoveredAt = next;
    again = first;
    loseBefore(next);
    count(first);
  }

  /** Everything before {@code first} has arrived: nothing is lost any more if that is all. */
  void endRecovery(long first) {
    if (recovering && first >= recoveredAt) {
      recovering = false;
      afterTimeout = false;
      atOnce = false;
      waitingBytes = 0;
    }
  }

  /** A partial acknowledgement tells that what follows it was lost too (RFC 6582 section 3.2). */
  void loseFirst(long first, long next) {
    if (again <= first) {
      lostEnd = Math.max(lostEnd, Math.min(next, first + segmentBytes));
    }
  }

  /** Everything before {@code offset} that has not arrived is lost. */
  void loseBefore(long offset) {
    lostEnd = Math.max(lostEnd, offset);
  }

  /** Counts what is lost beyond {@code first} and has not been sent again. */
  void count(long first) {
    long from = Math.max(first, again);
    waitingBytes = Math.max(0, lostEnd - from);
    for (int range = 0; range < arrived.size(); range++) {
      long overlap = Math.min(lostEnd, arrived.to(range)) - Math.max(from, arrived.from(range));
      waitingBytes -= Math.max(0, overlap);
    }
  }

  /** Where the next lost segment begins that has not been sent again; −1: there is none. */
  long lostOffset(long first) {
    long offset = skipArrived(Math.max(first, again));
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

  /** So many lost bytes from {@code offset} leave again. */
  void sentAgain(long offset, int bytes) {
    atOnce = false;
    again = offset + bytes;
    onceFrom = Math.max(onceFrom, again);
    waitingBytes -= bytes;
  }

  private long skipArrived(long offset) {
    for (int range = 0; range < arrived.size(); range++) {
      if (arrived.from(range) <= offset && offset < arrived.to(range)) {
        return arrived.to(range);
      }
    }
    return offset;
  }
}
