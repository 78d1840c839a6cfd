package org.podpath.engine.flow;

import org.podpath.engine.kernel.RandomStream;

/**
 * How much of windows waits at a link, the rest of them being acknowledgements that wait elsewhere. It
 * moves from one draw to the next, any as likely as another, while a window goes round once: a link
 * cannot drain faster, and what it holds too much comes to it no sooner.
 */
final class Split {
  private double from;
  private double to;
  private long sincePs;
  private boolean begun;

  /** Where {@code turnPs} is what all of the windows would take to drain: the part that is here. */
  double ratio(long nowPs, double turnPs, RandomStream random) {
    double turns = (nowPs - sincePs) / turnPs;
    if (!begun || turns >= 2) {
      begun = true;
      to = random.nextDouble();
      sincePs = nowPs - Math.round(random.nextDouble() * turnPs);
      from = random.nextDouble();
    } else if (turns >= 1) {
      from = to;
      to = random.nextDouble();
      sincePs += Math.round(turnPs);
    }
    double passed = Math.clamp((nowPs - sincePs) / turnPs, 0, 1);
    return from + passed * (to - from);
  }
}
