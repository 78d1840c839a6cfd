package org.podpath.engine.flow;

import org.podpath.engine.datapath.Interrupts;
import org.podpath.engine.datapath.Uncontended;

/**
 * The ring of a card before a CPU, to which messages of one frame come. The interrupt that was raised
 * last covers those that come while it is due or its polls go on.
 */
final class MessageRing {
  private final CpuTurns turns;
  /** Null where nothing is known of the card: no frame came yet, or streams came last. */
  private Interrupts interrupts;
  private long interruptPs = -1;
  private long polledUntilPs;

  MessageRing(CpuTurns turns) {
    this.turns = turns;
  }

  /**
   * A frame comes.
   *
   * @param bytes of the frame
   * @return whether the card raises an interrupt for it
   */
  boolean takes(Uncontended way, long bytes, long nowPs) {
    boolean raises = isQuiet(nowPs);
    if (interrupts == null) {
      interrupts = way.interrupts();
      interrupts.busy(nowPs);
    } else if (raises) {
      interrupts.quiet(polledUntilPs);
      interrupts.busy(nowPs);
    }
    if (raises) {
      interruptPs = interrupts.nextPs(nowPs);
      interrupts.raised(interruptPs);
    }
    interrupts.seen(1, bytes);
    return raises;
  }

  /**
   * The same where streams come to the ring, too. What the card makes of them is not followed: it raises
   * the interrupt as for a frame that comes alone, and looks at what comes anew once they have gone.
   */
  boolean takesBesideStreams(long alonePs, long nowPs) {
    interrupts = null;
    boolean raises = isQuiet(nowPs);
    if (raises) {
      interruptPs = nowPs + alonePs;
    }
    return raises;
  }

  /** The poll of a frame has its turn. */
  void polled() {
    polledUntilPs = turns.pollsUntilPs();
  }

  /** When the last interrupt came or comes. */
  long interruptPs() {
    return interruptPs;
  }

  private boolean isQuiet(long nowPs) {
    return turns.pollsUntilPs() <= nowPs && interruptPs < nowPs;
  }
}
