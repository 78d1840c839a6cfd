package org.podpath.engine.packet;

import org.podpath.engine.cluster.PortQueues.Marking;
import org.podpath.engine.kernel.RandomStream;

/**
 * Decides which frames a port marks. A frame whose transport does not understand marks (RFC 3168
 * section 5) is dropped where RED or chance would mark it; a step leaves it alone, as switches do
 * that have a threshold for marks only.
 */
final class Marker {
  /** What becomes of a frame. */
  enum Fate {
    KEEP,
    MARK,
    DROP
  }

  private final Marking marking;
  private final RandomStream random;

  Marker(Marking marking, RandomStream random) {
    this.marking = marking;
    this.random = random;
  }

  /** The fate of a frame that finds so many bytes waiting. */
  Fate decide(long queuedBytes, long header) {
    return switch (marking) {
      case Marking.Step step ->
          queuedBytes >= step.thresholdBytes() && Frame.has(header, Frame.MARKABLE)
              ? Fate.MARK
              : Fate.KEEP;
      case Marking.Red red -> atRandom(share(red, queuedBytes), header);
      case Marking.Random chance -> atRandom(chance.ratio(), header);
    };
  }

  private static double share(Marking.Red red, long queuedBytes) {
    if (queuedBytes < red.lowBytes()) {
      return 0;
    }
    return queuedBytes >= red.highBytes()
        ? 1
        : red.mostRatio() * (queuedBytes - red.lowBytes()) / (red.highBytes() - red.lowBytes());
  }

  private Fate atRandom(double ratio, long header) {
    if (ratio == 0 || random.nextDouble() >= ratio) {
      return Fate.KEEP;
    }
    return Frame.has(header, Frame.MARKABLE) ? Fate.MARK : Fate.DROP;
  }
}
