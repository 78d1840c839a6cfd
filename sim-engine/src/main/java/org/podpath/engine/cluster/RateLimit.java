package org.podpath.engine.cluster;

/**
 * What a network card lets a virtual function send ({@code ip link set … vf N max_tx_rate}): a token
 * bucket before its port. A frame goes when the bucket holds as many bytes as it takes on the wire, and
 * until then it waits; nothing is dropped.
 *
 * <p>assumption: bytes count as on the wire, with preamble and gap, as where a card stretches the time of
 * each frame on its port by a factor (Linux, drivers/net/ethernet/intel/ixgbe/ixgbe_sriov.c,
 * ixgbe_set_vf_rate_limit).
 *
 * @param bitsPerSecond of the wire, above 0
 */
public record RateLimit(long bitsPerSecond) {
  /** What the bucket holds (Linux, drivers/net/ethernet/intel/ice/ice_type.h, ICE_SCHED_DFLT_BURST_SIZE). */
  public static final int BURST_BYTES = 15 * 1024;

  public RateLimit {
    if (bitsPerSecond <= 0) {
      throw new IllegalArgumentException(
          "a virtual function sends at a rate above 0, not " + bitsPerSecond + " bit/s");
    }
  }

  /** Time in which the bucket gets so many bytes. */
  public long ps(long wireBytes) {
    return Link.serialisationPs(wireBytes, bitsPerSecond);
  }

  /**
   * Time in which the empty bucket gets full; it has room for a frame of {@code wireBytes}, however large.
   */
  public long burstPs(long wireBytes) {
    return ps(Math.max(BURST_BYTES, wireBytes));
  }
}
