package org.podpath.engine.cluster;

/**
 * What the links of one kind have in common.
 *
 * @param delayPs along the wire alone, without the latency of the switch at its end
 * @param mtuBytes largest IP packet that it takes
 */
public record Cable(long bitsPerSecond, long delayPs, int mtuBytes) {
  /**
   * What a metre of cable delays, in picoseconds per millimetre: 5 ns/m.
   *
   * <p>assumption: glass with a refractive index of 1.5, rounded up from the 1.468 of silica fibre;
   * copper pairs differ by less than a tenth.
   */
  public static final long PS_PER_MILLIMETRE = 5;

  public Cable {
    if (bitsPerSecond <= 0 || delayPs < 0) {
      throw new IllegalArgumentException(
          "a cable needs a rate above 0 and a delay from 0: " + bitsPerSecond + " bit/s, "
              + delayPs + " ps");
    }
  }

  /** Delay of so much cable. */
  public static long delayPs(long millimetres) {
    return Math.multiplyExact(millimetres, PS_PER_MILLIMETRE);
  }
}
