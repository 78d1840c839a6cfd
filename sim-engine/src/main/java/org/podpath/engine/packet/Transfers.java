package org.podpath.engine.packet;

import java.util.NoSuchElementException;

/**
 * The flows of a channel that have not been delivered, in the order in which they came. Each is linked
 * to the one behind it, so that a list is one reference.
 */
class Transfers {
  Transfer first;

  final boolean isEmpty() {
    return first == null;
  }

  /** The first of them; null if there is none. */
  final Transfer peek() {
    return first;
  }

  /**
   * The first of them.
   *
   * @throws NoSuchElementException if there is none
   */
  final Transfer element() {
    if (first == null) {
      throw new NoSuchElementException("no flow is under way");
    }
    return first;
  }

  /** A flow has come. It is linked to those before it already. */
  final void begin(Transfer transfer) {
    if (first == null) {
      first = transfer;
    }
  }

  /**
   * Takes the first of them away.
   *
   * @throws NoSuchElementException if there is none
   */
  Transfer remove() {
    Transfer removed = element();
    first = removed.next;
    return removed;
  }

  /**
   * Those of them that have bytes to send for the first time: the last ones, without flows whose time
   * was up before their turn.
   */
  static final class Unsent extends Transfers {
    @Override
    Transfer remove() {
      Transfer removed = super.remove();
      skipCut();
      return removed;
    }

    /** Flows that have lost all of their bytes are not sent. */
    void skipCut() {
      while (first != null && first.isPlaced() && first.endOffset == first.firstOffset) {
        first = first.next;
      }
    }
  }
}
