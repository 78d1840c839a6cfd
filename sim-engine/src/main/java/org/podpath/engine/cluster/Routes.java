package org.podpath.engine.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shortest ways through a fabric, counted in links, and the choice among equal ones.
 *
 * <p>Ways to a card are found when they are first asked for, once for all cards that hang on the
 * same switch.
 */
public final class Routes {
  private static final short FAR = Short.MAX_VALUE;
  private static final int[] NONE = {};

  private final int cards;
  private final int nodes;
  private final Link[] links;
  private final int[][] out;
  private final int[][] in;
  /** By the switch before the card; null until asked for. */
  private final Towards[] towards;
  /** Ends of links, by id. */
  private final int[] from;
  private final int[] to;
  private final int[] scratch;
  /** By switch: every choice that has occurred. */
  private final List<List<int[]>> different = new ArrayList<>();

  /** How far every switch is from one, and the links there, found when they are asked for. */
  private record Towards(short[] distance, int[][] choices) {}

  /**
   * The ways over {@code links}.
   *
   * @param cards how many network cards there are: the first nodes
   * @param switches how many switches there are: the nodes after them
   * @throws IllegalArgumentException if a network card has more than one link either way
   */
  public Routes(int cards, int switches, List<Link> links) {
    this.cards = cards;
    nodes = cards + switches;
    this.links = links.toArray(Link[]::new);
    towards = new Towards[switches];
    from = links.stream().mapToInt(Link::from).toArray();
    to = links.stream().mapToInt(Link::to).toArray();
    scratch = new int[this.links.length];
    int[] outDegree = new int[nodes];
    int[] inDegree = new int[nodes];
    for (Link link : this.links) {
      outDegree[link.from()]++;
      inDegree[link.to()]++;
    }
    requireOneLinkEachWay(outDegree);
    requireOneLinkEachWay(inDegree);
    out = new int[nodes][];
    in = new int[nodes][];
    for (int node = 0; node < nodes; node++) {
      out[node] = new int[outDegree[node]];
      in[node] = new int[inDegree[node]];
    }
    for (int id = this.links.length - 1; id >= 0; id--) {
      Link link = this.links[id];
      out[link.from()][--outDegree[link.from()]] = id;
      in[link.to()][--inDegree[link.to()]] = id;
    }
    for (int id = 0; id < switches; id++) {
      different.add(new ArrayList<>());
    }
  }

  private void requireOneLinkEachWay(int[] degree) {
    for (int card = 0; card < cards; card++) {
      if (degree[card] > 1) {
        throw new IllegalArgumentException(
            "network card " + card + " has " + degree[card] + " links one way; it has room for 1");
      }
    }
  }

  /**
   * Ids of the links from one network card to another, in order. Where several links lead on, the
   * hash of the flow chooses, differently at every node (ECMP, RFC 2992).
   *
   * @throws IllegalArgumentException if no way leads there
   */
  public int[] links(int fromCard, int toCard, int flowHash) {
    int[] way = new int[nodes - cards + 1];
    int hops = 0;
    for (int node = fromCard; node != toCard; node = links[way[hops++]].to()) {
      int[] choices = choices(node, toCard);
      if (choices.length == 0) {
        throw new IllegalArgumentException(
            "no way leads from network card " + fromCard + " to network card " + toCard);
      }
      way[hops] = choices[choice(flowHash, node, choices.length)];
    }
    return Arrays.copyOf(way, hops);
  }

  /** Which of {@code choices} links a flow takes at {@code node}. */
  public static int choice(int flowHash, int node, int choices) {
    if (choices == 1) {
      return 0;
    }
    long k = ((long) flowHash << 32 | node) * 0x9e3779b97f4a7c15L;
    k = (k ^ k >>> 32) * 0xd6e8feb86659fd93L;
    return (int) (((k ^ k >>> 32) & 0xffff_ffffL) * choices >>> 32);
  }

  /**
   * Ids of the links at {@code node} that shortest ways to {@code toCard} begin with, in order; none
   * where no way leads there. The array is not a copy: it is to be read only.
   */
  public int[] choices(int node, int toCard) {
    int[] last = in[toCard];
    if (last.length == 0 || node < cards && out[node].length == 0) {
      return NONE;
    }
    int before = from[last[0]];
    if (node == before) {
      return last;
    }
    if (before < cards) {
      return NONE;
    }
    Towards target = towards[before - cards];
    if (target == null) {
      target = new Towards(distances(before), new int[nodes - cards][]);
      towards[before - cards] = target;
    }
    if (node < cards) {
      int next = to[out[node][0]];
      boolean leadsThere = next >= cards && target.distance[next - cards] != FAR;
      return leadsThere ? out[node] : NONE;
    }
    int[] known = target.choices[node - cards];
    return known != null ? known : nearer(node, target);
  }

  /** Links from every switch to the switch {@code target}, found from there outwards. */
  private short[] distances(int target) {
    short[] distance = new short[nodes - cards];
    Arrays.fill(distance, FAR);
    distance[target - cards] = 0;
    int[] reached = new int[nodes - cards];
    reached[0] = target;
    for (int next = 0, count = 1; next < count; next++) {
      for (int id : in[reached[next]]) {
        int before = from[id];
        if (before >= cards && distance[before - cards] == FAR) {
          distance[before - cards] = (short) (distance[reached[next] - cards] + 1);
          reached[count++] = before;
        }
      }
    }
    return distance;
  }

  /**
   * Finds the links at {@code node} that lead nearer. The same as earlier ones are kept once: a large
   * fabric has few different ones.
   */
  private int[] nearer(int node, Towards target) {
    int count = listNearer(node, target.distance);
    List<int[]> earlier = different.get(node - cards);
    int[] kept = null;
    for (int i = 0; i < earlier.size() && kept == null; i++) {
      int[] ids = earlier.get(i);
      kept = Arrays.equals(ids, 0, ids.length, scratch, 0, count) ? ids : null;
    }
    if (kept == null) {
      kept = Arrays.copyOf(scratch, count);
      earlier.add(kept);
    }
    target.choices[node - cards] = kept;
    return kept;
  }

  /** Leaves the links at {@code node} that lead nearer in {@link #scratch}, and returns their number. */
  private int listNearer(int node, short[] distance) {
    int nearer = distance[node - cards] - 1;
    int count = 0;
    for (int id : out[node]) {
      if (to[id] >= cards && distance[to[id] - cards] == nearer) {
        scratch[count++] = id;
      }
    }
    return count;
  }
}
