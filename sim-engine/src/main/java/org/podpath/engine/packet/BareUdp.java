package org.podpath.engine.packet;

/** UDP between hosts that cost nothing: a datagram that is due is on the wire, one that has come is read. */
final class BareUdp extends Datagrams {
  BareUdp(Channel channel) {
    super(channel);
  }

  @Override
  void goOn() {
    while (!outgoing.isEmpty()) {
      int bytes = nextBytes();
      if (duePs() > engine.simulator.nowPs()) {
        wakeBy(duePs());
        return;
      }
      long sequence = leftOffset();
      channel.sendData(leave(bytes), sequence, 0);
    }
  }

  @Override
  void arrived(long header, long sequence, long extra) {
    read(header, sequence);
  }
}
