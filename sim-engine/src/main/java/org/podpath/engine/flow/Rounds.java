package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plays channels that feed each other, such as those of ring all-reduces: thousands of rounds of
 * the same flows, without a task for each of them.
 */
public final class Rounds {
  private final Folding folding;
  private final Channel[] channels;
  private final FluidFlows flows;
  private final Tournament starts = new Tournament();
  private final int[] done;
  private final boolean[] underway;
  private final long[] endPs;
  private final int[][] fed;
  private final int[][] followers;
  private long nowPs;
  private long events;
  private long pieces;

  private Rounds(Folding folding) {
    this.folding = folding;
    channels = folding.channels();
    flows = new FluidFlows(folding.capacities(), false);
    done = new int[channels.length];
    underway = new boolean[channels.length];
    endPs = new long[channels.length];
    fed = inverted(Arrays.stream(channels).map(Channel::fedBy).toList());
    followers = inverted(Arrays.stream(channels).map(Channel::after).toList());
  }

  /**
   * Every channel by itself.
   *
   * @param capacities of resources by number
   * @param channels by number
   * @throws IllegalArgumentException if no share of a channel would be fair
   */
  public static Rounds apart(double[] capacities, List<Channel> channels) {
    return new Rounds(Folding.none(capacities, channels));
  }

  /**
   * Channels that always do the same at the same time as one: the times are those of
   * {@link #apart}.
   *
   * @param capacities of resources by number
   * @param channels by number
   * @throws IllegalArgumentException if no share of a channel would be fair
   */
  public static Rounds folded(double[] capacities, List<Channel> channels) {
    return new Rounds(Folding.of(capacities, channels));
  }

  /** Plays until all pieces have arrived, or no more can. */
  public void run() {
    for (int channel = 0; channel < channels.length; channel++) {
      startNext(channel);
    }
    while (true) {
      long nextPs = Math.min(flows.nextEndPs(), starts.firstKey());
      if (nextPs == FluidFlows.NEVER_PS) {
        return;
      }
      nowPs = nextPs;
      events++;
      endDue();
      startDue();
      flows.settle(nowPs);
    }
  }

  /** When the last piece of a channel arrived, in picoseconds. */
  public long endPs(int channel) {
    return endPs[folding.classOf(channel)];
  }

  /** How many pieces of a channel have arrived. */
  public int arrived(int channel) {
    return done[folding.classOf(channel)];
  }

  /** Instants at which something happened. */
  public long events() {
    return events;
  }

  /** Channels that were solved for: fewer than there are where some always do the same. */
  public int variables() {
    return channels.length;
  }

  /** Pieces of all variables that have arrived. */
  public long pieces() {
    return pieces;
  }

  /** All that end now do so before what that lets go is looked for: order does not show. */
  private void endDue() {
    if (flows.nextEndPs() != nowPs) {
      return;
    }
    int count = flows.endNext();
    pieces += count;
    for (int i = 0; i < count; i++) {
      int channel = flows.ended(i);
      underway[channel] = false;
      done[channel]++;
      endPs[channel] = nowPs;
    }
    for (int i = 0; i < count; i++) {
      int channel = flows.ended(i);
      startNext(channel);
      for (int other : fed[channel]) {
        startNext(other);
      }
      if (done[channel] == channels[channel].pieces()) {
        for (int other : followers[channel]) {
          startNext(other);
        }
      }
    }
  }

  private void startDue() {
    if (starts.firstKey() != nowPs) {
      return;
    }
    int count = starts.takeFirst();
    for (int i = 0; i < count; i++) {
      int channel = starts.taken(i);
      flows.start(channel, channels[channel].use(), channels[channel].bytes());
    }
  }

  private void startNext(int number) {
    if (underway[number] || !mayGo(number)) {
      return;
    }
    underway[number] = true;
    starts.set(number, nowPs + channels[number].latencyPs());
  }

  private boolean mayGo(int number) {
    Channel channel = channels[number];
    if (done[number] == channel.pieces()) {
      return false;
    }
    for (int feeder : channel.fedBy()) {
      if (done[feeder] < Math.min(done[number], channels[feeder].pieces())) {
        return false;
      }
    }
    if (done[number] == 0) {
      for (int before : channel.after()) {
        if (done[before] < channels[before].pieces()) {
          return false;
        }
      }
    }
    return true;
  }

  private static int[][] inverted(List<int[]> lists) {
    List<List<Integer>> inverted = new ArrayList<>();
    lists.forEach(list -> inverted.add(new ArrayList<>()));
    for (int from = 0; from < lists.size(); from++) {
      for (int to : lists.get(from)) {
        inverted.get(to).add(from);
      }
    }
    return inverted.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
