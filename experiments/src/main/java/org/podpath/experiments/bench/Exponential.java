package org.podpath.experiments.bench;

import org.podpath.engine.kernel.RandomStream;

/**
 * Exponential times by inversion: one uniform number each, the same on every machine with {@link
 * StrictMath}.
 *
 * <p>They are drawn by the block: a logarithm takes far longer to arrive than to issue, and one
 * event would wait for it.
 */
final class Exponential {
  private final RandomStream stream;
  private final double meanPs;
  private final long[] blockPs = new long[256];
  private int taken = blockPs.length;

  Exponential(RandomStream stream, double meanPs) {
    this.stream = stream;
    this.meanPs = meanPs;
  }

  long nextPs() {
    if (taken == blockPs.length) {
      draw();
    }
    return blockPs[taken++];
  }

  private void draw() {
    for (int i = 0; i < blockPs.length; i++) {
      blockPs[i] = Math.round(-meanPs * StrictMath.log(1 - stream.nextDouble()));
    }
    taken = 0;
  }
}
