package org.podpath.engine.cluster;

import java.math.BigInteger;

/**
 * One direction of a cable, with the port that feeds it.
 *
 * @param id position in {@link Topology#links()}
 * @param name as in traces, such as {@code host0.up}
 * @param from node whose port it is; nodes are numbered as {@link Topology} says
 * @param to node that it leads to
 * @param delayPs from the last bit sent to the last bit received, with the latency of the switch
 *     that it leads to
 * @param mtuBytes largest IP packet that it takes
 */
public record Link(
    int id, String name, int from, int to, long bitsPerSecond, long delayPs, int mtuBytes) {
  /** Larger than any packet. */
  public static final int ANY_MTU_BYTES = 65_535;

  private static final long PS_BITS_PER_BYTE_SECOND = 8_000_000_000_000L;

  public Link {
    if (bitsPerSecond <= 0 || delayPs < 0) {
      throw new IllegalArgumentException(
          name + " needs a rate above 0 and a delay from 0: " + bitsPerSecond + " bit/s, " + delayPs
              + " ps");
    }
    if (mtuBytes < 576 || mtuBytes > ANY_MTU_BYTES) {
      throw new IllegalArgumentException(
          name + " needs an MTU from 576 (RFC 791) to " + ANY_MTU_BYTES + ": " + mtuBytes);
    }
  }

  /**
   * Time to put {@code bytes} on a wire of {@code bitsPerSecond}; exact, or rounded up to a whole
   * ps.
   */
  public static long serialisationPs(long bytes, long bitsPerSecond) {
    if (PS_BITS_PER_BYTE_SECOND % bitsPerSecond == 0) {
      return Math.multiplyExact(bytes, PS_BITS_PER_BYTE_SECOND / bitsPerSecond);
    }
    if (bytes < Long.MAX_VALUE / PS_BITS_PER_BYTE_SECOND) {
      return Math.ceilDiv(bytes * PS_BITS_PER_BYTE_SECOND, bitsPerSecond);
    }
    BigInteger[] whole =
        BigInteger.valueOf(bytes)
            .multiply(BigInteger.valueOf(PS_BITS_PER_BYTE_SECOND))
            .divideAndRemainder(BigInteger.valueOf(bitsPerSecond));
    return whole[0].longValueExact() + whole[1].signum();
  }
}
