package org.podpath.experiments.capture;

import java.nio.ByteBuffer;

/** The checksum of IP, TCP and UDP headers (RFC 1071). */
final class InternetChecksum {
  private InternetChecksum() {}

  /**
   * The complement of the sum of 16-bit words; a last odd byte counts as the upper half of one.
   *
   * @param to position after the last byte
   * @param initialSum sum of words that stand elsewhere, such as a pseudo header's
   */
  static short of(ByteBuffer bytes, int from, int to, long initialSum) {
    long sum = initialSum;
    int at = from;
    for (; at + 1 < to; at += 2) {
      sum += Short.toUnsignedInt(bytes.getShort(at));
    }
    if (at < to) {
      sum += Byte.toUnsignedInt(bytes.get(at)) << 8;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (short) ~sum;
  }
}
