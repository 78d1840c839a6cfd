package org.podpath.engine.packet;

/** What stands between the kernels of pods and the wire of every host. */
sealed interface Between permits PolledWays, GuestWays, SteeredWays {

  /** Lays both directions of {@code channel}. */
  void lay(Channel channel);

  /** A pod hands over a frame, or what its card would cut. */
  void send(long header, long sequence, long extra);

  /** A frame has come to its host. */
  void arrived(long header, long sequence, long extra);

  /** The queue of the card that frames of a direction come to; null where no kernel polls it. */
  ReceiveQueue queue(int direction);

  /** Whether frames of the channel stay in their host without a card. */
  boolean stays(Channel channel);

  /** Bytes of pods that wait where data of {@code channel} leaves its pod. */
  long queuedBytes(Channel channel);

  /** How long it takes until no more than {@code bytes} of these are left. */
  long drainPs(Channel channel, long bytes);

  /** Tells of every ring that was full. */
  void noteFullRings(Reports reports);
}
