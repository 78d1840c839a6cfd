package org.podpath.engine.datapath;

/** What passed the receivers of played streams, all together. */
final class ReceivedCounts {
  /** Super-packets. */
  double packets;
  /** Acknowledgements that polls sent. */
  double answers;
  /** Those that readers sent. */
  double answersOfReader;
  /** Of cards. */
  double interrupts;
  /** Of guests, or of cores that packets are steered to. */
  double guestInterrupts;
  /** Super-packets that found their core cold. */
  double coldReceived;
  /** Acknowledgements that found it cold. */
  double coldAnswers;
}
