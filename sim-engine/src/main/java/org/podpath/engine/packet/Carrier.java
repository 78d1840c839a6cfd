package org.podpath.engine.packet;

import org.podpath.engine.kernel.Entity;

/**
 * Carries the flows of a channel from one end to the other, one after the other: what both ends of a
 * transport do.
 */
abstract sealed class Carrier implements Entity permits BareTcp, HostedTcp, Roce, Datagrams {
  static final long NEVER_PS = Long.MAX_VALUE;

  final Channel channel;
  final PacketEngine engine;
  /** Flows that have bytes to send for the first time. */
  final Transfers.Unsent outgoing = new Transfers.Unsent();
  /** Flows that have not been delivered as a whole. */
  final Transfers incoming = new Transfers();
  /** The last of them; null if there is none. */
  private Transfer last;
  Handshake handshake = Handshake.NONE;
  private final int id;
  private long timerPs = NEVER_PS;

  Carrier(Channel channel) {
    this.channel = channel;
    engine = channel.engine;
    id = engine.simulator.register(this);
  }

  /** A flow to carry after those before it. */
  final void add(Transfer transfer) {
    if (transfer.flow.opens()) {
      handshake = new Handshake();
      reopen();
    }
    if (last != null) {
      last.next = transfer;
    }
    last = transfer;
    outgoing.begin(transfer);
    incoming.begin(transfer);
    goOn();
  }

  /** The time of {@code transfer} is up: what is on the way arrives, the rest is never sent. */
  final void cut(Transfer transfer) {
    if (!transfer.isPlaced()) {
      transfer.placeAt(sentOffset());
      transfer.endOffset = transfer.firstOffset;
      outgoing.skipCut();
    } else {
      transfer.endOffset = Math.min(transfer.endOffset, sentOffset());
      if (outgoing.peek() == transfer && !sendsNow()) {
        outgoing.remove();
      }
    }
  }

  /** Whether bytes of the first outgoing flow are being sent at this moment. */
  boolean sendsNow() {
    return false;
  }

  /** Ends the flows that have been delivered up to {@code offset}. */
  final void deliver(long offset) {
    while (!incoming.isEmpty() && incoming.peek().endOffset <= offset) {
      Transfer transfer = removeDelivered();
      if (!transfer.over) {
        engine.finish(channel, transfer, transfer.flow.bytes(), true);
      }
      if (transfer.flow.closes() && channel.opposite != null) {
        channel.opposite.carrier.close();
      }
    }
  }

  /** Takes away the first of the flows that have not been delivered: it has been. */
  final Transfer removeDelivered() {
    Transfer delivered = incoming.remove();
    delivered.next = null; // whoever still waits for its time to be up holds no flow but this one
    if (incoming.isEmpty()) {
      last = null;
      rest();
    }
    return delivered;
  }

  /** Nothing is left to deliver: what only gaps and handshakes need is let go. */
  void rest() {
    if (handshake.isOpen()) {
      handshake = Handshake.NONE;
    }
  }

  /** Wakes at {@code duePs} or, if that is later now, looks again at the old time. */
  final void wakeBy(long duePs) {
    if (duePs < timerPs) {
      timerPs = duePs;
      engine.simulator.wake(id, duePs);
    }
  }

  @Override
  public final void wake(int entity) {
    timerPs = NEVER_PS;
    timeHasCome();
  }

  /** Something may have become possible to send. */
  abstract void goOn();

  /** A time given to {@link #wakeBy} has come; it may be of no interest any more. */
  abstract void timeHasCome();

  /** The connection is opened anew: nothing is known of the network. */
  void reopen() {}

  /** The application at the sending end closes the connection. */
  void close() {}

  /** A frame of the channel has come to the end of its way. */
  abstract void arrived(long header, long sequence, long extra);

  /**
   * The queue that frames with data, or those that answer them, come to at the end of their way; null
   * where no kernel polls them.
   */
  ReceiveQueue queue(boolean answers) {
    return null;
  }

  /** The end of the channel that takes frames like this one out of a poll. */
  PollEnd pollEnd(long header) {
    throw new IllegalStateException("frames of " + channel.path() + " are not polled");
  }

  /** Bytes that have been handed to the network card, or are about to be. */
  abstract long sentOffset();

  /** Bytes that the receiving application has. */
  abstract long deliveredOffset();

  /** Bytes of {@code transfer} that the receiving application has. */
  long deliveredBytes(Transfer transfer) {
    return transfer.bytesBefore(deliveredOffset());
  }

  /** Everything before it has arrived, in order. */
  abstract long receivedOffset();

  /** Whether the sender has waited in vain too often and sends no more. */
  boolean hasGivenUp() {
    return false;
  }

  /** How often in a row the sender has waited for an answer in vain. */
  int waitsInVain() {
    return 0;
  }

  /** Segments that were sent again. */
  abstract long retransmissions();
}
