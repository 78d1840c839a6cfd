package org.podpath.engine.packet;

/**
 * CUBIC's window: a cubic curve of the time since the last loss, flat around the window at that
 * loss, and never slower than Reno with the same mean.
 *
 * <p>Source: RFC 9438; equation numbers below are its own.
 */
final class Cubic extends CongestionControl {
  private static final double PS_PER_SECOND = 1e12;
  private static final long NO_EPOCH = -1;
  /** Section 4.1.1: segments per second cubed. */
  private static final double C = 0.4;
  /** Section 4.1.1: what is left of the window after a loss. */
  private static final double BETA = 0.7;
  /** Equation 4: as fair to Reno as its smaller reduction allows. */
  private static final double ALPHA = 3 * (1 - BETA) / (1 + BETA);

  /** When the curve begins; {@link #NO_EPOCH} after a loss. */
  private long epochPs = NO_EPOCH;
  private double mostSegments;
  private double windowAtLoss;
  private double secondsToMost;
  private double renoBytes;

  Cubic(int segmentBytes, int initialSegments) {
    super(segmentBytes, initialSegments);
  }

  @Override
  void increase(long bytes, long nowPs, long roundTripPs) {
    if (epochPs == NO_EPOCH) {
      beginEpoch(nowPs);
    }
    double alpha = renoBytes < windowAtLoss ? ALPHA : 1;
    renoBytes += alpha * bytes * segmentBytes / windowBytes;
    double seconds = (nowPs - epochPs) / PS_PER_SECOND;
    if (curveBytes(seconds) < renoBytes) {
      windowBytes = Math.max(windowBytes, renoBytes);
      return;
    }
    double target = curveBytes(seconds + roundTripPs / PS_PER_SECOND);
    double aim = Math.max(windowBytes, Math.min(target, 1.5 * windowBytes));
    windowBytes += (aim - windowBytes) * (bytes / windowBytes);
  }

  /** Equations 1 and 2: the curve begins at the window as it is. */
  private void beginEpoch(long nowPs) {
    epochPs = nowPs;
    renoBytes = windowBytes;
    double segments = windowBytes / segmentBytes;
    if (segments < mostSegments) {
      secondsToMost = StrictMath.cbrt((mostSegments - segments) / C);
    } else {
      secondsToMost = 0;
      mostSegments = segments;
    }
  }

  private double curveBytes(double seconds) {
    double t = seconds - secondsToMost;
    return (C * t * t * t + mostSegments) * segmentBytes;
  }

  /** Section 4.7, fast convergence: who loses before its old peak gives way. */
  @Override
  void lost(long flightBytes) {
    double segments = windowBytes / segmentBytes;
    mostSegments = segments < mostSegments ? segments * (1 + BETA) / 2 : segments;
    windowAtLoss = windowBytes;
    epochPs = NO_EPOCH;
    shrinkTo(Math.min(windowBytes, flightBytes) * BETA);
  }
}
