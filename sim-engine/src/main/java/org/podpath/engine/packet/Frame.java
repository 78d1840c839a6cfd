package org.podpath.engine.packet;

/**
 * A frame on its way: three {@code long}s that ports copy from ring to ring.
 *
 * <p>The header is packed here. The sequence is the offset of the first byte of payload or, of an
 * acknowledgement, the offset up to which everything has arrived. The extra one is, of data, what the
 * sender has received in the other direction; of an acknowledgement, bytes that arrived beyond a gap.
 */
final class Frame {
  /** Forward kinds: they travel with the data of their channel. */
  static final int DATA = 0;

  static final int SYN = 1;
  static final int FIN = 2;
  static final int DATAGRAM = 3;
  /** Backward kinds: they answer the data of their channel. */
  static final int ACKNOWLEDGEMENT = 4;

  static final int SYN_ACKNOWLEDGEMENT = 5;
  static final int CONGESTION_NOTIFICATION = 6;
  static final int OUT_OF_SEQUENCE = 7;

  /** A switch marked it: congestion experienced (RFC 3168). */
  static final long MARKED = 1L << 34;
  /** It tells the sender of a mark. */
  static final long ECHOES = 1L << 35;
  /** Switches may mark it instead of dropping it. */
  static final long MARKABLE = 1L << 36;
  /** It was sent before. */
  static final long AGAIN = 1L << 37;
  /** The last frame of its flow. */
  static final long LAST = 1L << 38;
  /** Part of a message, not of a stream. */
  static final long MESSAGE = 1L << 39;
  /** The only frame of its message. */
  static final long ALONE = 1L << 40;

  /** Channels that fit. */
  static final int MOST_CHANNELS = 1 << 20;
  /** Links on a way that fit. */
  static final int MOST_HOPS = 15;
  /** An advertised window is a count of these shares of the receiver's buffer. */
  static final int WINDOW_SHARES = 255;

  /** Bytes on a wire that fit. */
  static final int MOST_WIRE_BYTES = (1 << 17) - 1;

  private static final int WINDOW_SHIFT = 17;
  private static final int CLASS_SHIFT = 25;
  private static final int HOP_SHIFT = 28;
  private static final int KIND_SHIFT = 41;
  private static final int CHANNEL_SHIFT = 44;
  private static final long WIRE_BYTES = (1L << WINDOW_SHIFT) - 1;
  private static final long ONE_HOP = 1L << HOP_SHIFT;

  private Frame() {}

  /**
   * A header without flags.
   *
   * @param wireBytes what it takes on a wire, at most {@link #MOST_WIRE_BYTES}
   * @param trafficClass 0 to 7
   */
  static long header(int channel, int kind, int trafficClass, int wireBytes) {
    return (long) channel << CHANNEL_SHIFT
        | (long) kind << KIND_SHIFT
        | (long) trafficClass << CLASS_SHIFT
        | wireBytes;
  }

  /** The header with a window of so many shares. */
  static long withWindow(long header, int shares) {
    return header | (long) shares << WINDOW_SHIFT;
  }

  /** The header of a frame that takes so many bytes on a wire. */
  static long withWireBytes(long header, int wireBytes) {
    return header & ~WIRE_BYTES | wireBytes;
  }

  static long oneHopOn(long header) {
    return header + ONE_HOP;
  }

  static int channel(long header) {
    return (int) (header >>> CHANNEL_SHIFT);
  }

  /** Twice the channel, one more for frames that answer its data. */
  static int direction(long header) {
    return (int) (header >>> CHANNEL_SHIFT - 1);
  }

  static int kind(long header) {
    return (int) (header >>> KIND_SHIFT) & 7;
  }

  static boolean answers(long header) {
    return (header & 1L << CHANNEL_SHIFT - 1) != 0;
  }

  static int hop(long header) {
    return (int) (header >>> HOP_SHIFT) & 15;
  }

  static int trafficClass(long header) {
    return (int) (header >>> CLASS_SHIFT) & 7;
  }

  static int windowShares(long header) {
    return (int) (header >>> WINDOW_SHIFT) & 255;
  }

  static int wireBytes(long header) {
    return (int) (header & WIRE_BYTES);
  }

  static boolean has(long header, long flag) {
    return (header & flag) != 0;
  }
}
