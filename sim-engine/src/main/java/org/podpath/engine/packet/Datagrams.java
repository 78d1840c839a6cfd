package org.podpath.engine.packet;

import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.traffic.Pace;

/**
 * UDP between hosts that cost nothing: no datagram is acknowledged or sent again. A flow leaves at its
 * pace and ends when its last datagram has arrived or was dropped; what was dropped is missing from
 * its delivered bytes.
 */
final class Datagrams extends Carrier {
  private final RandomStream random;
  private final int overheadBytes;
  private final long header;
  private long sent;
  private long nextPs;
  private long arrivedBytes;
  private long endedOffset;

  Datagrams(Channel channel) {
    super(channel);
    overheadBytes = engine.network.datagramOverheadBytes();
    header = channel.header(Frame.DATAGRAM, overheadBytes);
    random = engine.simulator.random("datagrams/" + channel.index);
  }

  @Override
  void goOn() {
    long nowPs = engine.simulator.nowPs();
    while (!outgoing.isEmpty()) {
      if (nextPs > nowPs) {
        wakeBy(nextPs);
        return;
      }
      emit(outgoing.element(), nowPs);
    }
  }

  private void emit(Transfer transfer, long nowPs) {
    Pace pace = transfer.flow.pace().orElseThrow();
    if (!transfer.isPlaced()) {
      transfer.placeAt(sent);
    }
    long left = transfer.endOffset - sent;
    int bytes = (int) Math.min(left, pace.datagramBytes());
    long last = 0;
    if (left == bytes) {
      last = Frame.LAST;
      outgoing.remove();
    }
    channel.sendData(header + bytes | last, sent, 0);
    sent += bytes;
    nextPs = Math.max(nextPs, nowPs) + pace.nextGapPs(random);
  }

  @Override
  void arrived(long header, long sequence, long extra) {
    int bytes = Frame.wireBytes(header) - overheadBytes;
    arrivedBytes += bytes;
    Transfer transfer = incoming.peek();
    if (transfer != null) {
      transfer.arrivedBytes += bytes;
    }
    endIfLast(header);
  }

  /** A datagram was dropped. */
  void dropped(long header) {
    endIfLast(header);
  }

  private void endIfLast(long header) {
    if (Frame.has(header, Frame.LAST)) {
      Transfer transfer = incoming.remove();
      endedOffset = transfer.endOffset;
      if (!transfer.over) {
        engine.finish(channel, transfer, transfer.arrivedBytes, true);
      }
    }
  }

  @Override
  void timeHasCome() {
    goOn();
  }

  @Override
  long sentOffset() {
    return sent;
  }

  @Override
  long deliveredOffset() {
    return endedOffset;
  }

  @Override
  long receivedOffset() {
    return arrivedBytes;
  }

  @Override
  long retransmissions() {
    return 0;
  }
}
