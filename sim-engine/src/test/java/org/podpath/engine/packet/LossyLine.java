package org.podpath.engine.packet;

import java.util.PriorityQueue;
import org.podpath.engine.datapath.Transport;

/** Both ends of TCP in one direction, and a line between them that loses and delays. */
final class LossyLine {
  static final int SEGMENT_BYTES = 1000;
  static final long LOST = -1;

  final TcpReceiver receiver = new TcpReceiver();
  final TcpSender sender;
  private final Transport.Tcp transport;
  private final Weather weather;
  private final Witness witness;
  private final PriorityQueue<Sent> underway = new PriorityQueue<>();
  private long nowPs;
  private long launched;

  /** What becomes of a frame. */
  interface Weather {
    /**
     * How long it takes, or {@link #LOST}.
     *
     * @param answers whether it is an acknowledgement
     */
    long delayPs(boolean answers);

    /** Whether a switch marks it. */
    boolean marks();
  }

  /** Told of every segment when the receiver has taken it. */
  interface Witness {
    void arrived(long offset, int bytes);
  }

  /** A frame: an acknowledgement where it has no bytes. */
  private record Sent(
      long atPs, long order, long offset, int bytes, long told, boolean marked)
      implements Comparable<Sent> {
    @Override
    public int compareTo(Sent other) {
      return atPs != other.atPs
          ? Long.compare(atPs, other.atPs)
          : Long.compare(order, other.order);
    }
  }

  LossyLine(Transport.Tcp transport, Weather weather, Witness witness) {
    this.transport = transport;
    this.weather = weather;
    this.witness = witness;
    sender = new TcpSender(transport, SEGMENT_BYTES);
  }

  long nowPs() {
    return nowPs;
  }

  /** Sends until so many bytes since the beginning have been acknowledged. */
  void carry(long bytes) {
    pump(bytes);
    while (sender.first() < bytes && !sender.isDead()) {
      Sent next = underway.peek();
      if (next != null && next.atPs <= sender.deadlinePs()) {
        nowPs = underway.remove().atPs;
        arrive(next);
      } else if (sender.deadlinePs() == Long.MAX_VALUE) {
        throw new IllegalStateException("nothing is under way, and no time-out is set");
      } else {
        nowPs = sender.deadlinePs();
        sender.giveUpWaiting(nowPs);
      }
      pump(bytes);
    }
  }

  private void pump(long allBytes) {
    for (long lost = sender.lostOffset(); lost >= 0; lost = sender.lostOffset()) {
      send(lost, sender.lostBytes(lost));
    }
    while (sender.next() < allBytes) {
      int bytes = (int) Math.min(SEGMENT_BYTES, allBytes - sender.next());
      if (sender.roomBytes() < bytes) {
        break;
      }
      send(sender.next(), bytes);
    }
  }

  private void send(long offset, int bytes) {
    if (bytes < 1 || bytes > SEGMENT_BYTES || offset < sender.first() || offset > sender.next()) {
      throw new IllegalStateException("a segment of " + bytes + " bytes from " + offset);
    }
    sender.sent(offset, bytes, nowPs);
    launch(offset, bytes, 0, weather.marks());
  }

  private void launch(long offset, int bytes, long told, boolean marked) {
    long delayPs = weather.delayPs(bytes == 0);
    if (delayPs != LOST) {
      underway.add(new Sent(nowPs + delayPs, launched++, offset, bytes, told, marked));
    }
  }

  private void arrive(Sent frame) {
    if (frame.bytes == 0) {
      sender.acknowledged(
          frame.offset, TcpReceiver.from(frame.offset, frame.told),
          TcpReceiver.to(frame.offset, frame.told), transport.windowBytes(), frame.marked, nowPs);
      return;
    }
    receiver.arrived(frame.offset, frame.bytes);
    witness.arrived(frame.offset, frame.bytes);
    launch(receiver.next(), 0, receiver.told(), frame.marked);
  }
}
