package org.podpath.engine.packet;

/**
 * A frame on its way, packed into a {@code long}: channel, hops done, whether it is an
 * acknowledgement, and bytes (of payload, or acknowledged).
 */
final class Frame {
  private static final int HOP_SHIFT = 33;
  private static final int CHANNEL_SHIFT = 36;
  private static final long ACKNOWLEDGEMENT = 1L << 32;
  private static final long BYTES = 0xffff_ffffL;

  /** Channels that fit. */
  static final int MOST_CHANNELS = 1 << 27;

  /** Links on a way that fit. */
  static final int MOST_HOPS = 8;

  private Frame() {}

  static long data(int channel, long bytes) {
    return (long) channel << CHANNEL_SHIFT | bytes;
  }

  static long acknowledgement(int channel, long bytes) {
    return (long) channel << CHANNEL_SHIFT | ACKNOWLEDGEMENT | bytes;
  }

  static long oneHopOn(long frame) {
    return frame + (1L << HOP_SHIFT);
  }

  static int channel(long frame) {
    return (int) (frame >>> CHANNEL_SHIFT);
  }

  static int hop(long frame) {
    return (int) (frame >>> HOP_SHIFT) & 7;
  }

  static boolean acknowledges(long frame) {
    return (frame & ACKNOWLEDGEMENT) != 0;
  }

  static long bytes(long frame) {
    return frame & BYTES;
  }
}
