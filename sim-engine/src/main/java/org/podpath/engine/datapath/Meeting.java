package org.podpath.engine.datapath;

/**
 * Streams that share cores: so many sending cores, each with so many streams to each of so many polling
 * cores. GRO joins the frames of one stream alone, so that the more of them meet in a poll, the smaller
 * super-packets are; those of one sending core come a super-packet after the other, those of several side
 * by side. A core that sends to several is rarely cold, and takes many acknowledgements at once. On a link
 * to cores that poll apart from each other, frames for one of them come with those for the others between.
 *
 * @param senders cores that send
 * @param receivers cores that poll
 * @param streams of each pair of them
 * @param groups of all of these that share the links to the hosts that poll, but no core
 */
public record Meeting(int senders, int receivers, int streams, int groups) {
  /** One stream. */
  public static final Meeting ALONE = new Meeting(1, 1, 1, 1);

  /** Of a poll of 64 frames each stream has one. */
  private static final int MOST = 64;

  /** At least one of each. */
  public Meeting {
    if (senders < 1 || receivers < 1 || streams < 1 || groups < 1) {
      throw new IllegalArgumentException(
          groups + " times " + streams + " streams from " + senders + " senders to " + receivers
              + " receivers");
    }
  }

  /** So many streams from some cores to one, over a link that so many cores send to. */
  public static Meeting in(int streams, int senders, int onLink) {
    return new Meeting(senders, 1, each(streams, senders), each(onLink, senders));
  }

  /** So many streams from one core to some. */
  public static Meeting out(int streams, int receivers) {
    return new Meeting(1, receivers, each(streams, receivers), 1);
  }

  private static int each(int streams, int ends) {
    return Math.max(1, (streams + ends / 2) / ends);
  }

  /** The like of it of which there are few: numbers whose steps are at most a half. */
  Meeting coarse() {
    int fewerSenders = coarse(Math.min(senders, MOST));
    int fewerReceivers = coarse(Math.clamp(receivers, 1, MOST / fewerSenders));
    int most = MOST / fewerSenders / fewerReceivers;
    int fewerStreams = coarse(Math.clamp(streams, 1, most));
    int fewerGroups = coarse(Math.clamp(groups, 1, most / fewerStreams));
    return new Meeting(fewerSenders, fewerReceivers, fewerStreams, fewerGroups);
  }

  /** The next lower number of the form 2^n or 3 · 2^n. */
  static int coarse(int number) {
    int step = Math.max(1, Integer.highestOneBit(number) / 2);
    return number / step * step;
  }
}
