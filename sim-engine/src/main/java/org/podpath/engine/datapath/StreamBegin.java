package org.podpath.engine.datapath;

import java.util.Arrays;

/** How far a new stream has come after how long: its window grows, and an adaptive card adapts. */
final class StreamBegin {
  private double[] bytes = new double[64];
  private double[] ps = new double[64];
  private int size = 1;

  /** The reader would have so many bytes by then, if no more came. */
  void read(double readBytes, double atPs) {
    if (readBytes == bytes[size - 1]) {
      return;
    }
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
      ps = Arrays.copyOf(ps, 2 * size);
    }
    bytes[size] = readBytes;
    ps[size++] = atPs;
  }

  /** Bytes of which the time is known. */
  double bytes() {
    return bytes[size - 1];
  }

  /** Time until {@code wanted} bytes are read, at most {@link #bytes()}. */
  double ps(double wanted) {
    int at = Arrays.binarySearch(bytes, 0, size, wanted);
    if (at >= 0) {
      return ps[at];
    }
    int next = Math.min(-at - 1, size - 1);
    double share = (wanted - bytes[next - 1]) / (bytes[next] - bytes[next - 1]);
    return ps[next - 1] + share * (ps[next] - ps[next - 1]);
  }
}
