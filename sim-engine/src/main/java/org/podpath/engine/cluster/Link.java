package org.podpath.engine.cluster;

import java.math.BigInteger;

/**
 * One direction of a cable.
 *
 * @param id position in {@link Topology#links()}
 * @param name as in traces, such as {@code host0.tx}
 * @param delayPs from the last bit sent to the last bit received
 */
public record Link(int id, String name, long bitsPerSecond, long delayPs) {
  private static final long PS_BITS_PER_BYTE_SECOND = 8_000_000_000_000L;

  public Link {
    if (bitsPerSecond <= 0 || delayPs < 0) {
      throw new IllegalArgumentException(
          name + " needs a rate above 0 and a delay from 0: " + bitsPerSecond + " bit/s, " + delayPs
              + " ps");
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
