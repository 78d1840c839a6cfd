package org.podpath.engine.datapath;

/** A vhost thread of played streams: it takes one packet after the other. */
final class PlayedVhost {
  private double freePs;

  /** When it is done with what comes now and takes it so long. */
  double passPs(double nowPs, double ps) {
    freePs = Math.max(freePs, nowPs) + ps;
    return freePs;
  }
}
