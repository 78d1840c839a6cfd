package org.podpath.engine.packet;

import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.traffic.Pace;

/**
 * UDP: no datagram is acknowledged or sent again. A flow leaves at its pace, or as fast as its sender
 * can, and ends when its last datagram has been read or was dropped; what was dropped is missing from
 * its delivered bytes.
 */
abstract sealed class Datagrams extends Carrier permits BareUdp, HostedUdp {
  final int overheadBytes;
  private final long header;
  /** Draws the gaps of the flow that is being sent, where they are random. */
  private RandomStream random;
  private long sentOffset;
  private long duePs;
  private long endedOffset;
  private long readBytes;

  Datagrams(Channel channel) {
    super(channel);
    overheadBytes = engine.network.datagramOverheadBytes();
    header = channel.header(Frame.DATAGRAM, overheadBytes);
  }

  /** When the next datagram of the first outgoing flow may leave. */
  final long duePs() {
    return duePs;
  }

  /** Payload of the next datagram of the first outgoing flow. */
  final int nextBytes() {
    Transfer transfer = outgoing.element();
    if (!transfer.isPlaced()) {
      begin(transfer);
    }
    return (int) Math.min(transfer.endOffset - sentOffset, pace(transfer).datagramBytes());
  }

  private void begin(Transfer transfer) {
    transfer.placeAt(sentOffset);
    duePs = Math.max(duePs, transfer.startPs);
    pace(transfer).gaps().ifPresent(name -> random = engine.simulator.random(name));
  }

  private static Pace pace(Transfer transfer) {
    return transfer.flow.pace().orElseThrow();
  }

  /**
   * The next datagram leaves.
   *
   * @return the header of its frame; its sequence is what {@link #leftOffset} was before
   */
  final long leave(int bytes) {
    Transfer transfer = outgoing.element();
    long last = 0;
    sentOffset += bytes;
    if (sentOffset >= transfer.endOffset) {
      last = Frame.LAST;
      outgoing.remove();
    }
    duePs += pace(transfer).nextGapPs(random);
    return header + bytes | last;
  }

  /** The application has a datagram. */
  final void read(long frame, long sequence) {
    int bytes = Frame.wireBytes(frame) - overheadBytes;
    readBytes += bytes;
    Transfer transfer = transferAt(sequence);
    if (transfer != null) {
      transfer.arrivedBytes += bytes;
      endIfLast(frame, transfer);
    }
  }

  /** A datagram was dropped on its way. */
  final void lost(long frame, long sequence) {
    Transfer transfer = transferAt(sequence);
    if (transfer != null) {
      endIfLast(frame, transfer);
    }
  }

  /** The flow that a byte belongs to; null if it was cut and is forgotten. */
  private Transfer transferAt(long sequence) {
    for (Transfer transfer = incoming.peek(); transfer != null; transfer = transfer.next) {
      if (transfer.isPlaced() && sequence < transfer.endOffset) {
        return sequence >= transfer.firstOffset ? transfer : null;
      }
    }
    return null;
  }

  /** Flows that were cut end without a last datagram: the end of a later one shows that they have. */
  private void endIfLast(long frame, Transfer transfer) {
    if (!Frame.has(frame, Frame.LAST)) {
      return;
    }
    boolean cut = transfer.over;
    transfer.over = true;
    while (!incoming.isEmpty() && incoming.element().over) {
      removeDelivered();
    }
    endedOffset = Math.max(endedOffset, transfer.endOffset);
    if (!cut) {
      engine.finish(channel, transfer, transfer.arrivedBytes, true);
    }
  }

  @Override
  final void timeHasCome() {
    goOn();
  }

  /** Bytes that have left. */
  final long leftOffset() {
    return sentOffset;
  }

  @Override
  long sentOffset() {
    return sentOffset;
  }

  @Override
  final long deliveredOffset() {
    return endedOffset;
  }

  @Override
  final long deliveredBytes(Transfer transfer) {
    return transfer.arrivedBytes;
  }

  @Override
  final long receivedOffset() {
    return readBytes;
  }

  @Override
  final long retransmissions() {
    return 0;
  }
}
