package org.podpath.engine.packet;

import java.util.function.LongSupplier;

/**
 * The book of one queue, kept beside what the queue counts itself. At each frame it holds that what came
 * is what left, what was dropped and what is inside; and whenever it is asked Little's law, L = lambda W,
 * as an identity of the run: the area under the number inside, as the queue counts them, is the sum of
 * the times that they spent there.
 *
 * <p>Source: J. D. C. Little, "A proof for the queuing formula L = lambda W", Operations Research 9(3),
 * 1961; W. Whitt, "A review of L = lambda W and extensions", Queueing Systems 9, 1991, for the identity
 * over a finite time.
 */
final class QueueBook {
  /**
   * What a queue says of itself.
   *
   * @param inside frames, packets or bytes that wait, whatever it is a queue of
   * @param dropped those that found it full
   * @param insideBytes bytes that it counts of what is inside, 0 once nothing is
   */
  record Word(String name, LongSupplier inside, LongSupplier dropped, LongSupplier insideBytes) {}

  private final Word word;
  private long came;
  private long left;
  private long dropped;
  private long payloadBytes;
  private long droppedBytes;
  private long lastPs;
  private long cameAtPs;
  /** Numbers times picoseconds; both may pass the end of a {@code long}, and meet again behind it. */
  private long areaPs;
  private long stayPs;

  QueueBook(Word word) {
    this.word = word;
  }

  /** One comes: the queue takes or drops it next. */
  void came(long nowPs, long payload) {
    settle(nowPs, 0);
    came++;
    stayPs -= nowPs;
    cameAtPs = nowPs;
    payloadBytes += payload;
  }

  /** The one that came last was dropped. */
  void dropped(long payload) {
    dropped++;
    stayPs += cameAtPs;
    payloadBytes -= payload;
    droppedBytes += payload;
    if (word.dropped.getAsLong() != dropped) {
      throw wrong("has dropped " + word.dropped.getAsLong() + ", but " + dropped + " were lost");
    }
  }

  /** One of those inside was dropped. */
  void droppedInside(long nowPs, long payload) {
    settle(nowPs, -1);
    stayPs += nowPs - cameAtPs;
    dropped(payload);
  }

  /** Of bytes that are counted from 0 on the queue has taken all before {@code offset}. */
  void tookUntil(long nowPs, long offset) {
    long units = offset - came;
    settle(nowPs, units);
    came += units;
    stayPs -= units * nowPs;
  }

  /** Of bytes that are counted from 0 on all before {@code offset} have left. */
  void leftUntil(long nowPs, long offset) {
    left(nowPs, offset - left, 0);
  }

  /** So many have left the queue. */
  void left(long nowPs, long units, long payload) {
    settle(nowPs, -units);
    left += units;
    stayPs += units * nowPs;
    payloadBytes -= payload;
  }

  /**
   * The time since the last change is over.
   *
   * @param changed by how much the number inside has changed at its end already
   */
  private void settle(long nowPs, long changed) {
    long inside = word.inside.getAsLong() - changed;
    if (inside != inside() || inside < 0) {
      throw wrong("holds " + inside + " at " + nowPs + " ps");
    }
    areaPs += inside * (nowPs - lastPs);
    lastPs = nowPs;
  }

  private long inside() {
    return came - left - dropped;
  }

  /** Payload of what is inside. */
  long payloadBytes() {
    return payloadBytes;
  }

  /** Payload of what was dropped. */
  long droppedBytes() {
    return droppedBytes;
  }

  /**
   * Balances the book.
   *
   * @throws AssertionError if it does not balance
   */
  void balance(long nowPs) {
    settle(nowPs, 0);
    if (areaPs != stayPs + inside() * nowPs) {
      throw wrong("breaks Little's law: " + areaPs + " is not " + (stayPs + inside() * nowPs));
    }
    long bytes = word.insideBytes.getAsLong();
    if (bytes < 0 || bytes > 0 && inside() == 0) {
      throw wrong("counts " + bytes + " bytes");
    }
  }

  private AssertionError wrong(String what) {
    return new AssertionError(
        word.name + " " + what + "; " + came + " came, " + left + " left, " + dropped
            + " were dropped");
  }
}
