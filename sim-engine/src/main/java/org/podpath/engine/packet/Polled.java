package org.podpath.engine.packet;

/** What a poll has taken and the application cannot read before the poll is over. */
final class Polled {
  int streamPackets;
  long streamBytes;
  int messages;
  long messageBytes;
  int acknowledgements;

  /** The poll is over: the readers have it now. */
  void handOver(Tally streamRead, Tally messageRead) {
    streamRead.packets += streamPackets;
    streamRead.bytes += streamBytes;
    messageRead.packets += messages;
    messageRead.bytes += messageBytes;
    streamPackets = 0;
    streamBytes = 0;
    messages = 0;
    messageBytes = 0;
    acknowledgements = 0;
  }
}
