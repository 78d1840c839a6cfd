package org.podpath.engine.packet;

import org.podpath.engine.datapath.Transport;

/**
 * TCP between hosts that cost nothing: a segment leaves as soon as the window lets it, and each is
 * acknowledged when it arrives.
 */
final class BareTcp extends Carrier {
  private final TcpSender sender;
  private final TcpReceiver receiver = new TcpReceiver();

  BareTcp(Channel channel, Transport.Tcp transport) {
    super(channel);
    sender = new TcpSender(transport, engine.network.segmentBytes());
  }

  /** Of a frame without payload. */
  private long header(int kind) {
    return channel.header(kind, engine.frameOverheadBytes);
  }

  private long answerHeader() {
    return Frame.withWindow(header(Frame.ACKNOWLEDGEMENT), Frame.WINDOW_SHARES);
  }

  private void sendData(long offset, int bytes, long flags) {
    long markable = sender.isMarkable() ? Frame.MARKABLE : 0;
    channel.sendData(header(Frame.DATA) + bytes | markable | flags, offset, 0);
  }

  @Override
  void goOn() {
    if (sender.first() == sender.next()) {
      sender.wakeUp(engine.simulator.nowPs());
    }
    pump();
  }

  private void pump() {
    long nowPs = engine.simulator.nowPs();
    if (!handshake.isOpen()) {
      greet(nowPs);
      return;
    }
    for (long lost = sender.lostOffset(); lost >= 0; lost = sender.lostOffset()) {
      int bytes = sender.lostBytes(lost);
      sender.sent(lost, bytes, nowPs);
      sendData(lost, bytes, Frame.AGAIN);
    }
    for (Transfer next = outgoing.peek(); next != null; next = outgoing.peek()) {
      long offset = sender.next();
      if (!next.isPlaced()) {
        next.placeAt(offset);
      }
      long left = next.endOffset - offset;
      int bytes = (int) Math.min(left, sender.segmentBytes());
      if (sender.roomBytes() < bytes) {
        break;
      }
      long last = 0;
      if (left == bytes) {
        last = Frame.LAST;
        outgoing.remove();
      }
      sender.sent(offset, bytes, nowPs);
      sendData(offset, bytes, last);
    }
    wakeBy(sender.deadlinePs());
  }

  private void greet(long nowPs) {
    if (handshake.due()) {
      channel.sendData(header(Frame.SYN), sender.next(), 0);
      handshake.sent(nowPs);
    }
    wakeBy(handshake.deadlinePs());
  }

  @Override
  void rest() {
    super.rest();
    receiver.rest();
  }

  @Override
  void reopen() {
    sender.reopen();
  }

  @Override
  void close() {
    channel.sendData(header(Frame.FIN), sender.next(), 0);
  }

  @Override
  void arrived(long header, long sequence, long extra) {
    switch (Frame.kind(header)) {
      case Frame.DATA -> receive(header, sequence);
      case Frame.ACKNOWLEDGEMENT -> acknowledged(header, sequence, extra);
      case Frame.SYN -> channel.sendAnswer(
          header(Frame.SYN_ACKNOWLEDGEMENT), receiver.next(), 0);
      case Frame.SYN_ACKNOWLEDGEMENT -> {
        handshake.answered();
        pump();
      }
      case Frame.FIN -> channel.sendAnswer(answerHeader(), receiver.next(), 0);
      default -> throw new IllegalStateException(
          "TCP sends no frame of kind " + Frame.kind(header));
    }
  }

  private void receive(long header, long offset) {
    receiver.arrived(offset, Frame.wireBytes(header) - engine.frameOverheadBytes);
    long echo = Frame.has(header, Frame.MARKED) ? Frame.ECHOES : 0;
    channel.sendAnswer(answerHeader() | echo, receiver.next(), receiver.told());
    deliver(receiver.next());
  }

  private void acknowledged(long header, long offset, long told) {
    boolean heard =
        sender.acknowledged(
            offset,
            TcpReceiver.from(offset, told),
            TcpReceiver.to(offset, told),
            sender.bufferBytes(),
            Frame.has(header, Frame.ECHOES),
            engine.simulator.nowPs());
    if (heard) {
      channel.loadedRoundTrip(sender.takeSamplePs());
      pump();
    }
  }

  @Override
  void timeHasCome() {
    long nowPs = engine.simulator.nowPs();
    handshake.look(nowPs);
    if (sender.deadlinePs() <= nowPs) {
      sender.giveUpWaiting(nowPs);
      engine.timedOut();
    }
    if (!sender.isDead()) {
      pump();
    }
  }

  @Override
  long sentOffset() {
    return sender.next();
  }

  @Override
  long deliveredOffset() {
    return receiver.next();
  }

  @Override
  long receivedOffset() {
    return receiver.next();
  }

  @Override
  boolean hasGivenUp() {
    return sender.isDead();
  }

  @Override
  int waitsInVain() {
    return Math.max(sender.timeouts(), handshake.retries());
  }

  @Override
  long retransmissions() {
    return sender.retransmissions();
  }
}
