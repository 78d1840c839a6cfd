package org.podpath.engine.packet;

import org.podpath.engine.datapath.Transport;

/**
 * The sending rate of one RoCE connection.
 *
 * <p>Source: Y. Zhu et al., "Congestion Control for Large-Scale RDMA Deployments", SIGCOMM 2015,
 * section 5.1, equations 1 to 4 and figure 7. Timers are read when the rate is asked for, so that
 * they need no events.
 */
final class Dcqcn {
  /** Zhu et al., section 5.1: rounds of fast recovery. */
  private static final int FAST_ROUNDS = 5;
  /** assumption: a rate never falls below this share of the link's. */
  private static final double LEAST_RATIO = 1e-4;

  private final Transport.Dcqcn law;
  private final double lineBitsPerSecond;
  private double rateBitsPerSecond;
  private double targetBitsPerSecond;
  private double alpha = 1;
  private boolean everNotified;
  private long alphaAtPs;
  private long increaseAtPs;
  private long bytesLeft;
  private int timerRounds;
  private int byteRounds;

  Dcqcn(Transport.Dcqcn law, double lineBitsPerSecond) {
    this.law = law;
    this.lineBitsPerSecond = lineBitsPerSecond;
    rateBitsPerSecond = lineBitsPerSecond;
    targetBitsPerSecond = lineBitsPerSecond;
  }

  /** The rate at {@code nowPs}. */
  double bitsPerSecond(long nowPs) {
    while (everNotified && Math.min(alphaAtPs, increaseAtPs) <= nowPs) {
      if (alphaAtPs <= increaseAtPs) {
        alpha *= 1 - law.gain();
        alphaAtPs += law.alphaPs();
      } else {
        timerRounds++;
        increaseAtPs += law.increasePs();
        increase();
      }
    }
    return rateBitsPerSecond;
  }

  /** So many bytes were sent. */
  void sent(int bytes) {
    if (everNotified) {
      bytesLeft -= bytes;
      if (bytesLeft <= 0) {
        bytesLeft += law.increaseBytes();
        byteRounds++;
        increase();
      }
    }
  }

  /** The receiver told of a mark. */
  void notified(long nowPs) {
    bitsPerSecond(nowPs);
    everNotified = true;
    targetBitsPerSecond = rateBitsPerSecond;
    rateBitsPerSecond =
        Math.max(lineBitsPerSecond * LEAST_RATIO, rateBitsPerSecond * (1 - alpha / 2));
    alpha = (1 - law.gain()) * alpha + law.gain();
    alphaAtPs = nowPs + law.alphaPs();
    increaseAtPs = nowPs + law.increasePs();
    bytesLeft = law.increaseBytes();
    timerRounds = 0;
    byteRounds = 0;
  }

  private void increase() {
    if (Math.min(timerRounds, byteRounds) > FAST_ROUNDS) {
      targetBitsPerSecond += law.hyperBitsPerSecond();
    } else if (Math.max(timerRounds, byteRounds) > FAST_ROUNDS) {
      targetBitsPerSecond += law.additiveBitsPerSecond();
    }
    targetBitsPerSecond = Math.min(targetBitsPerSecond, lineBitsPerSecond);
    rateBitsPerSecond = (rateBitsPerSecond + targetBitsPerSecond) / 2;
    if (lineBitsPerSecond - rateBitsPerSecond < 1) {
      rateBitsPerSecond = lineBitsPerSecond;
    }
  }
}
