package org.podpath.engine.cluster;

/** Which of several equally short ways a frame takes. */
public sealed interface Routing {
  /** Longer than any gap of {@link #gapPs}. */
  long FOREVER_PS = Long.MAX_VALUE;

  /**
   * A frame takes the way of the one before it of its connection unless that is longer ago than this;
   * {@link #FOREVER_PS} where no time is long enough.
   */
  long gapPs();

  /**
   * One way for all frames of a connection, by a hash of its addresses and ports.
   *
   * <p>Source: C. Hopps, "Analysis of an Equal-Cost Multi-Path Algorithm", RFC 2992.
   */
  record Ecmp() implements Routing {
    @Override
    public long gapPs() {
      return FOREVER_PS;
    }
  }

  /**
   * A way for each burst of a connection: after a gap the burst is dealt a way anew.
   *
   * <p>Source: S. Kandula and others, "Dynamic Load Balancing Without Packet Reordering", ACM CCR
   * 37(2), 2007; ways at random as in E. Vanini and others, "Let It Flow: Resilient Asymmetric Load
   * Balancing with Flowlet Switching", NSDI 2017.
   *
   * @param gapPs a frame that follows another of its connection after more than this begins a burst
   */
  record Flowlet(long gapPs) implements Routing {
    public Flowlet {
      if (gapPs <= 0) {
        throw new IllegalArgumentException("a gap between bursts takes time: " + gapPs + " ps");
      }
    }
  }

  /**
   * A way for each frame; frames overtake each other.
   *
   * <p>Source: A. Dixit and others, "On the Impact of Packet Spraying in Data Center Networks",
   * INFOCOM 2013.
   */
  record Spray() implements Routing {
    @Override
    public long gapPs() {
      return 0;
    }
  }
}
