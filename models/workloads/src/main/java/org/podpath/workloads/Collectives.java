package org.podpath.workloads;

import java.util.Arrays;
import org.podpath.workloads.CollectiveSteps.Part;

/**
 * Collectives in which all ranks do the same in every step, appended to a task list. Bytes move
 * when sender and receiver have both sent and received all of the step before.
 *
 * <p>All take the same: the ranks, numbered from 0; the size of the whole buffer in bytes, of which
 * parts differ by at most one byte; the task after which each rank may start, or {@link
 * TaskList#NONE}. All return the task with which each rank is done, or {@link TaskList#NONE}, and
 * throw {@link IllegalArgumentException} if there is no rank or less than no bytes. In their times,
 * α is the latency of a message, B the rate of a link and γ the time to add a byte.
 */
public final class Collectives {
  private Collectives() {}

  /**
   * Ring reduce-scatter: n−1 steps of {@code bytes}/n to the next rank, after which rank i has the
   * sum of part i. Time (n−1)(α + {@code bytes}/n · (1/B + γ)).
   *
   * <p>Source: P. Patarasuk, X. Yuan, "Bandwidth optimal all-reduce algorithms for clusters of
   * workstations", JPDC 69(2), 2009.
   */
  public static int[] reduceScatter(
      TaskList tasks, int ranks, long bytes, Reduction reduction, int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return reduceScatter(new CollectiveSteps(tasks, reduction), consecutive(ranks), whole, ready);
  }

  /**
   * Ring all-gather: n−1 steps of {@code bytes}/n to the next rank; rank i starts with part i, all
   * end with all. Time (n−1)(α + {@code bytes}/(nB)).
   *
   * <p>Source: as {@link #reduceScatter}.
   */
  public static int[] allGather(TaskList tasks, int ranks, long bytes, int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return allGather(
        new CollectiveSteps(tasks, Reduction.FREE), consecutive(ranks), whole, ready);
  }

  /**
   * Ring all-reduce: reduce-scatter, then all-gather, 2(n−1) steps of {@code bytes}/n. Time
   * 2(n−1)(α + {@code bytes}/(nB)) + (n−1)/n · {@code bytes} · γ.
   *
   * <p>Source: as {@link #reduceScatter}.
   */
  public static int[] ringAllReduce(
      TaskList tasks, int ranks, long bytes, Reduction reduction, int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return ringAllReduce(new CollectiveSteps(tasks, reduction), consecutive(ranks), whole, ready);
  }

  /**
   * All-reduce by recursive halving and doubling: log2 n exchanges with ever nearer partners, each
   * of half of what the last one was, then back. Of a number of ranks that is no power of two, the
   * first few hand their buffer to a neighbour at first and get the sum at last. Time 2 log2 n · α
   * + (n−1)/n · {@code bytes} · (2/B + γ), and 2(α + {@code bytes}/B) + {@code bytes} · γ for
   * handing over, with n the power of two below.
   *
   * <p>Source: R. Thakur, R. Rabenseifner, W. Gropp, "Optimization of collective communication
   * operations in MPICH", IJHPCA 19(1), 2005.
   */
  public static int[] halvingDoublingAllReduce(
      TaskList tasks, int ranks, long bytes, Reduction reduction, int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return halvingDoubling(new CollectiveSteps(tasks, reduction), whole, ready);
  }

  /**
   * All-to-all in n−1 pairwise exchanges of {@code bytes}/n: in step k, rank i sends to i+k and
   * receives from i−k. Time (n−1)(α + {@code bytes}/(nB)).
   *
   * <p>Source: Thakur, Rabenseifner, Gropp (see {@link #halvingDoublingAllReduce}).
   *
   * @param bytes that each rank has for all, itself included
   */
  public static int[] allToAll(TaskList tasks, int ranks, long bytes, int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return allToAll(new CollectiveSteps(tasks, Reduction.FREE), whole, ready);
  }

  static int[] consecutive(int ranks) {
    int[] members = new int[ranks];
    Arrays.setAll(members, rank -> rank);
    return members;
  }

  /**
   * Among {@code members} only; {@code ready} and what is returned are in their order. Where {@code
   * ready} is shorter, those stand for all, as {@link CollectiveRounds} says.
   */
  static int[] ringAllReduce(CollectiveSteps steps, int[] members, Part whole, int[] ready) {
    return allGather(steps, members, whole, reduceScatter(steps, members, whole, ready));
  }

  static int[] reduceScatter(CollectiveSteps steps, int[] members, Part whole, int[] ready) {
    int n = members.length;
    CollectiveRounds rounds = new CollectiveRounds(steps, members, ready);
    for (int round = 0; round < n - 1; round++) {
      for (int i = 0; i < rounds.played(); i++) {
        rounds.add(i, (i + 1) % n, whole.of(Math.floorMod(i - round - 1, n), n));
      }
      rounds.next();
    }
    return rounds.done();
  }

  static int[] allGather(CollectiveSteps steps, int[] members, Part whole, int[] ready) {
    int n = members.length;
    CollectiveRounds rounds = new CollectiveRounds(steps, members, ready);
    for (int round = 0; round < n - 1; round++) {
      for (int i = 0; i < rounds.played(); i++) {
        rounds.put(i, (i + 1) % n, whole.of(Math.floorMod(i - round, n), n));
      }
      rounds.next();
    }
    return rounds.done();
  }

  static int[] halvingDoubling(CollectiveSteps steps, Part whole, int[] ready) {
    int ranks = ready.length;
    int core = Integer.highestOneBit(ranks);
    int folded = ranks - core;
    int[] members = new int[core];
    int[] coreReady = new int[core];
    for (int i = 0; i < core; i++) {
      members[i] = i < folded ? 2 * i + 1 : i + folded;
      int own = ready[members[i]];
      coreReady[i] = own;
      if (i < folded) {
        coreReady[i] = steps.add(2 * i, members[i], whole, ready[2 * i], own).added();
      }
    }
    int[] coreDone = halveAndDouble(steps, members, whole, coreReady);
    int[] done = new int[ranks];
    for (int i = 0; i < core; i++) {
      done[members[i]] = coreDone[i];
      if (i < folded) {
        done[2 * i] = steps.put(members[i], 2 * i, whole, coreDone[i]);
      }
    }
    return done;
  }

  /** Between the two loops, member i has the sum of part i. */
  private static int[] halveAndDouble(
      CollectiveSteps steps, int[] members, Part whole, int[] ready) {
    int n = members.length;
    CollectiveRounds rounds = new CollectiveRounds(steps, members, ready);
    for (int distance = n / 2; distance > 0; distance /= 2) {
      for (int i = 0; i < n; i++) {
        int partner = i ^ distance;
        int first = partner / distance * distance;
        rounds.add(i, partner, whole.between(first, first + distance, n));
      }
      rounds.next();
    }
    for (int distance = 1; distance < n; distance *= 2) {
      for (int i = 0; i < n; i++) {
        int first = i / distance * distance;
        rounds.put(i, i ^ distance, whole.between(first, first + distance, n));
      }
      rounds.next();
    }
    return rounds.done();
  }

  static int[] allToAll(CollectiveSteps steps, Part whole, int[] ready) {
    int n = ready.length;
    CollectiveRounds rounds = new CollectiveRounds(steps, consecutive(n), ready);
    for (int round = 1; round < n; round++) {
      for (int i = 0; i < n; i++) {
        int to = (i + round) % n;
        rounds.put(i, to, whole.of(to, n));
      }
      rounds.next();
    }
    return rounds.done();
  }
}
