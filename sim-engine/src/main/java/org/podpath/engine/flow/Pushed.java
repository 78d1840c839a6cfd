package org.podpath.engine.flow;

/**
 * What messages push back at links that are as full as the card whose streams they carry: a message that
 * comes from elsewhere lets the bytes of streams wait for as long as it takes, and one that the card
 * sends in between leaves a gap in which as much of them goes. So what waits wanders up and down, as an
 * M/G/1 queue does when it is busy all of the time.
 */
final class Pushed {
  private static final double PS_PER_SECOND = 1e12;

  private final StreamRates streams;
  private final int firstLink;
  /** Of each link. */
  private final double[] waitsPs;

  /** Nothing waits. */
  Pushed(StreamRates streams, Resources resources) {
    this.streams = streams;
    firstLink = resources.firstLink();
    waitsPs = new double[resources.links()];
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

  /** A stream has ended: where no data of another goes on, all has gone before the next one comes. */
  void ended(Leg stream) {
    for (int link : stream.links()) {
      if (!carriesData(link)) {
        waitsPs[link - firstLink] = 0;
      }
    }
  }

  private boolean carriesData(int link) {
    for (int i = 0; i < streams.countOn(link); i++) {
      for (int passed : streams.legOn(link, i).links()) {
        if (passed == link) {
          return true;
        }
      }
    }
    return false;
  }

  /** The windows of all streams there. */
  private double mostPs(int link) {
    double seconds = 0;
    for (int i = 0; i < streams.countOn(link); i++) {
      seconds += streams.legOn(link, i).windowSeconds(link, streams);
    }
    return seconds * PS_PER_SECOND;
  }
}
