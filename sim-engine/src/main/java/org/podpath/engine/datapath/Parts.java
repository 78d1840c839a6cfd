package org.podpath.engine.datapath;

/**
 * What part a stream gets of what it shares with streams that it does not meet in polls.
 *
 * @param wire of so many parts of its slowest link it gets one; the others pass between its
 *     super-packets
 * @param reads of so many turns of the core that reads it gets one, so that its window opens late
 */
public record Parts(int wire, int reads) {
  /** All of it. */
  public static final Parts ALL = new Parts(1, 1);

  /** assumption: slower than that is as good as single super-packets. */
  private static final int MOST = 64;

  /** One of one at least. */
  public Parts {
    if (wire < 1 || reads < 1) {
      throw new IllegalArgumentException(
          "one of " + wire + " parts of a link and of " + reads + " turns");
    }
  }

  /** The like of it of which there are few. */
  Parts coarse() {
    return new Parts(
        Meeting.coarse(Math.min(wire, MOST)), Meeting.coarse(Math.min(reads, MOST)));
  }
}
