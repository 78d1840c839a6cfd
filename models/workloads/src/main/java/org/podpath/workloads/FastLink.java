package org.podpath.workloads;

import org.podpath.engine.cluster.Link;

/**
 * What connects the GPUs of one host. It is not simulated: what crosses it takes the time of its
 * closed form.
 *
 * @param latencyPs of a message
 * @param bitsPerSecond of a GPU in one direction
 */
public record FastLink(long latencyPs, long bitsPerSecond) {
  /**
   * NVLink of an A100: 600 GB/s both directions together (NVIDIA A100 data sheet); 3.4 us for a
   * step of a ring (NCCL, src/graph/tuning.cc, hwLat of ring and Simple on NVLINK).
   */
  public static final FastLink NVLINK_A100 = new FastLink(3_400_000, 2_400_000_000_000L);

  public FastLink {
    if (latencyPs < 0 || bitsPerSecond <= 0) {
      throw new IllegalArgumentException(
          "a link needs a latency from 0 and a rate above 0: " + latencyPs + " ps, "
              + bitsPerSecond + " bit/s");
    }
  }

  /** Time of a message of {@code bytes}. */
  long messagePs(long bytes) {
    return latencyPs + Link.serialisationPs(bytes, bitsPerSecond);
  }
}
