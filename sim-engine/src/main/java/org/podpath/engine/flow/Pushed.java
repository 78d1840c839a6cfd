package org.podpath.engine.flow;

/**
 * What messages push back at links that are as full as the card whose streams they carry: a message that
 * comes from elsewhere lets the bytes of streams wait for as long as it takes, and one that the card
 * sends in between leaves a gap in which as much of them goes. So what waits wanders up and down, as an
 * M/G/1 queue does when it is busy all of the time.
 *
 * <p>It is gone when the card has sent nothing for as long. A stream alone ends when its last bytes have
 * waited, too, and what depends on it begins behind that. Streams that share a card wait there in blocks,
 * one behind the other, and end one after the other although they have equal rates: the next ones begin
 * before the last has ended, and what waits goes on to wait.
 */
final class Pushed {
  private static final double PS_PER_SECOND = 1e12;

  /**
   * assumption: by how much of a window streams that share a card end one behind the other. Two and four
   * of them beside a service agree with the packet engine so.
   */
  private static final double APART_RATIO = 0.18;

  private final StreamRates streams;
  private final int firstLink;
  /** Of each link. */
  private final double[] waitsPs;
  /** Streams whose data it carries, and the most that it carried since it carried none. */
  private final int[] carried;
  private final int[] together;
  /** When it came to carry none, and how long before that the first of those had ended in truth. */
  private final long[] idleSincePs;
  private final double[] apartPs;

  /** Nothing waits. */
  Pushed(StreamRates streams, Resources resources) {
    this.streams = streams;
    firstLink = resources.firstLink();
    waitsPs = new double[resources.links()];
    carried = new int[resources.links()];
    together = new int[resources.links()];
    idleSincePs = new long[resources.links()];
    apartPs = new double[resources.links()];
  }

  /** How long a message waits for what was pushed back, which it pushes back further. */
  double by(int link, long wirePs) {
    if (!streams.isFull(link)) {
      return 0;
    }
    double waitPs = waitsPs[link - firstLink];
    waitsPs[link - firstLink] = Math.min(waitPs + wirePs, mostPs(link));
    return waitPs;
  }

  /** The card sends a message of {@code wirePs}: that much less of its streams comes to later links. */
  void gap(int card, long wirePs) {
    int count = 0;
    for (int i = 0; i < streams.countOn(card); i++) {
      count += sends(card, streams.legOn(card, i)) ? 1 : 0;
    }
    for (int i = 0; i < streams.countOn(card); i++) {
      Leg leg = streams.legOn(card, i);
      if (sends(card, leg)) {
        gap(leg.links(), (double) wirePs / count);
      }
    }
  }

  /** Whether the card sends the data, and not acknowledgements. */
  private static boolean sends(int card, Leg leg) {
    int[] links = leg.links();
    return links.length > 0 && links[0] == card;
  }

  private void gap(int[] links, double ps) {
    for (int i = 1; i < links.length; i++) {
      int link = links[i] - firstLink;
      waitsPs[link] = Math.max(0, waitsPs[link] - ps);
    }
  }

  /** A stream begins: where none went on, what waited has gone, as far as they ended apart by less. */
  void began(Leg stream, long nowPs) {
    for (int link : stream.links()) {
      int at = link - firstLink;
      if (carried[at]++ == 0) {
        double leftPs = Math.max(0, apartPs[at] - (nowPs - idleSincePs[at]));
        waitsPs[at] = Math.min(waitsPs[at], leftPs);
        together[at] = 0;
      }
      together[at] = Math.max(together[at], carried[at]);
    }
  }

  /** A stream has ended. */
  void ended(Leg stream, long nowPs) {
    for (int link : stream.links()) {
      int at = link - firstLink;
      if (--carried[at] == 0) {
        double windowPs = stream.windowSeconds(link) * PS_PER_SECOND;
        apartPs[at] = (together[at] - 1) * APART_RATIO * windowPs;
        idleSincePs[at] = nowPs;
      }
    }
  }

  /** The windows of all streams there. */
  private double mostPs(int link) {
    double seconds = 0;
    for (int i = 0; i < streams.countOn(link); i++) {
      seconds += streams.legOn(link, i).mostSeconds(link, streams);
    }
    return seconds * PS_PER_SECOND;
  }
}
