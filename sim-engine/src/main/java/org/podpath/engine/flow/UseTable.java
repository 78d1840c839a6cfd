package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * What flows take, by flow: numbers of resources and amounts, side by side so that a flow is read
 * in one go. A flow begins at {@link #first}; there stand how many resources it uses and the level
 * at which its rate is its cap; the resources follow.
 */
final class UseTable {
  private static final int NOWHERE = -1;

  int[] resources = new int[64];
  double[] uses = new double[64];
  private int[] first = {};
  private int[] room = {};
  private boolean[] present = {};
  private Use[] added = {};
  private double[] weights = {};
  private int end;

  boolean has(int flow) {
    return flow >= 0 && flow < present.length && present[flow];
  }

  double weight(int flow) {
    return weights[flow];
  }

  /** Where the flow begins in {@link #resources} and {@link #uses}. */
  int first(int flow) {
    return first[flow];
  }

  /** Where it ends. */
  int end(int flow) {
    return first[flow] + 1 + resources[first[flow]];
  }

  double capLevel(int flow) {
    return uses[first[flow]];
  }

  /** How many flows there may be before arrays grow. */
  int room() {
    return first.length;
  }

  /** Whether it is what the flow took when it was there last. */
  boolean remembers(int flow, Use use) {
    return flow < added.length && added[flow] == use;
  }

  void add(int flow, Use use) {
    if (remembers(flow, use)) {
      present[flow] = true;
      return;
    }
    if (flow >= first.length) {
      grow(Math.max(flow + 1, Math.max(16, 2 * first.length)));
    }
    int count = use.resources().length;
    if (first[flow] == NOWHERE || room[flow] < count) {
      place(flow, count);
    }
    int at = first[flow];
    present[flow] = true;
    added[flow] = use;
    weights[flow] = use.weight();
    resources[at] = count;
    uses[at] = Levels.rounded(use.cap() / use.weight());
    for (int i = 0; i < count; i++) {
      resources[at + 1 + i] = use.resources()[i];
      uses[at + 1 + i] = use.weight() * use.amounts()[i];
    }
  }

  /** What was added. */
  Use use(int flow) {
    int count = resources[first[flow]];
    int[] on = Arrays.copyOfRange(resources, first[flow] + 1, first[flow] + 1 + count);
    double[] amounts = Arrays.copyOfRange(uses, first[flow] + 1, first[flow] + 1 + count);
    for (int i = 0; i < count; i++) {
      amounts[i] /= weights[flow];
    }
    return new Use(on, amounts, weights[flow], capLevel(flow) * weights[flow]);
  }

  void remove(int flow) {
    present[flow] = false;
  }

  /** A flow that comes again with as many resources as before stays where it was. */
  private void place(int flow, int count) {
    if (end + count + 1 > resources.length) {
      int bigger = Math.max(end + count + 1, 2 * resources.length);
      resources = Arrays.copyOf(resources, bigger);
      uses = Arrays.copyOf(uses, bigger);
    }
    first[flow] = end;
    room[flow] = count;
    end += count + 1;
  }

  private void grow(int flows) {
    int before = first.length;
    first = Arrays.copyOf(first, flows);
    Arrays.fill(first, before, flows, NOWHERE);
    room = Arrays.copyOf(room, flows);
    present = Arrays.copyOf(present, flows);
    added = Arrays.copyOf(added, flows);
    weights = Arrays.copyOf(weights, flows);
  }
}
