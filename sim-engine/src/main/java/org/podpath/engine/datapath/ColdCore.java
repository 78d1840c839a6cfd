package org.podpath.engine.datapath;

/** Whether a core of a played stream is cold, and how often packets found it so. */
final class ColdCore {
  private final double coldIdlePs;
  private double freePs = Double.NEGATIVE_INFINITY;
  private boolean coldReceive;
  private boolean coldSend;
  private long coldReceives;
  private long coldSends;

  /** A core that has never done anything and is cold after such a gap. */
  ColdCore(double coldIdlePs) {
    this.coldIdlePs = coldIdlePs;
  }

  /** It gets something to do, having had nothing since it was free. */
  void wakeUp(double nowPs) {
    boolean cold = nowPs - freePs >= coldIdlePs;
    coldReceive |= cold;
    coldSend |= cold;
  }

  /** It has nothing to do from then on. */
  void free(double fromPs) {
    freePs = fromPs;
  }

  double freePs() {
    return freePs;
  }

  /** Whether the packet that is received now finds it cold; asking makes it warm. */
  boolean takeColdReceive() {
    boolean cold = coldReceive;
    coldReceive = false;
    coldReceives += cold ? 1 : 0;
    return cold;
  }

  /** Whether the packet that is sent now finds it cold; asking makes it warm. */
  boolean takeColdSend() {
    boolean cold = coldSend;
    coldSend = false;
    coldSends += cold ? 1 : 0;
    return cold;
  }

  /** Counts from now on. */
  void forget() {
    coldReceives = 0;
    coldSends = 0;
  }

  /** Packets received cold. */
  double coldReceives() {
    return coldReceives;
  }

  /** Packets sent cold. */
  double coldSends() {
    return coldSends;
  }
}
