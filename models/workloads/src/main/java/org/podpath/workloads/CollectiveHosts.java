package org.podpath.workloads;

import java.util.Arrays;
import org.podpath.workloads.CollectiveSteps.Part;

/** Collectives that know which ranks share a host. */
public final class CollectiveHosts {
  private CollectiveHosts() {}

  /**
   * Hierarchical all-reduce over m hosts of g ranks: a reduce-scatter inside each host; g rings
   * side by side between the hosts, each all-reducing {@code bytes}/g; an all-gather inside each
   * host. What happens inside a host takes its closed form, (g−1)(α₁ + {@code bytes}/(g·B₁)) each
   * way and (g−1)/g · {@code bytes} · γ; the rings take 2(m−1)(α₂ + {@code bytes}/(gmB₂)) with B₂
   * the share of one.
   *
   * <p>Source: H. Mikami et al., "Massively distributed SGD: ImageNet/ResNet-50 training in a
   * flash", arXiv:1811.05233, 2018 (2D-torus all-reduce).
   *
   * @param ranks numbered from 0; those of a host follow each other
   * @param bytes size of the buffer on each rank
   * @param ready task after which each rank may start, or {@link TaskList#NONE}
   * @return the task with which each rank has the sum, or {@link TaskList#NONE}
   * @throws IllegalArgumentException if the ranks do not fill the hosts, there are none, or there
   *     are less than no bytes
   */
  public static int[] hierarchicalAllReduce(
      TaskList tasks,
      int ranks,
      int ranksPerHost,
      FastLink insideHost,
      long bytes,
      Reduction reduction,
      int[] ready) {
    Part whole = CollectiveSteps.whole(ranks, bytes, ready);
    return hierarchicalAllReduce(
        new CollectiveSteps(tasks, reduction), ranks, ranksPerHost, insideHost, whole, ready);
  }

  /** Where {@code ready} is shorter than there are ranks, these ranks stand for all, host for host. */
  static int[] hierarchicalAllReduce(
      CollectiveSteps steps, int ranks, int ranksPerHost, FastLink insideHost, Part whole,
      int[] ready) {
    if (ranksPerHost < 1 || ranks % ranksPerHost != 0) {
      throw new IllegalArgumentException(
          ranks + " ranks do not fill hosts of " + ranksPerHost + " ranks each");
    }
    if (ranksPerHost == 1) {
      return Collectives.ringAllReduce(steps, Collectives.consecutive(ranks), whole, ready);
    }
    int[] scattered = reduceScatter(steps, ranksPerHost, insideHost, whole, ready);
    int[] summed = new int[ready.length];
    for (int local = 0; local < ranksPerHost; local++) {
      int[] members = new int[ranks / ranksPerHost];
      int first = local;
      Arrays.setAll(members, host -> host * ranksPerHost + first);
      int[] memberReady =
          Arrays.stream(members)
              .filter(rank -> rank < ready.length)
              .map(rank -> scattered[rank])
              .toArray();
      int[] memberDone =
          Collectives.ringAllReduce(steps, members, whole.of(local, ranksPerHost), memberReady);
      for (int i = 0; i < memberDone.length; i++) {
        summed[members[i]] = memberDone[i];
      }
    }
    return allGather(steps, ranksPerHost, insideHost, whole, summed);
  }

  /** After this, the rank in place i of its host has the host's sum of part i. */
  private static int[] reduceScatter(
      CollectiveSteps steps, int ranksPerHost, FastLink insideHost, Part whole, int[] ready) {
    long partBytes = Math.ceilDiv(whole.bytes(), ranksPerHost);
    long stepPs = insideHost.messagePs(partBytes) + steps.addingPs(partBytes);
    int[] done = new int[ready.length];
    for (int rank = 0; rank < ready.length; rank++) {
      int first = rank / ranksPerHost * ranksPerHost;
      int[] host = Arrays.copyOfRange(ready, first, first + ranksPerHost);
      done[rank] = steps.insideHost(rank, (ranksPerHost - 1) * stepPs, host);
      for (int peer = first; peer < first + ranksPerHost; peer++) {
        if (peer != rank) {
          steps.brought(done[rank], peer, rank, whole.of(rank - first, ranksPerHost), true);
        }
      }
    }
    return done;
  }

  private static int[] allGather(
      CollectiveSteps steps, int ranksPerHost, FastLink insideHost, Part whole, int[] ready) {
    long stepPs = insideHost.messagePs(Math.ceilDiv(whole.bytes(), ranksPerHost));
    int[] done = new int[ready.length];
    for (int rank = 0; rank < ready.length; rank++) {
      int first = rank / ranksPerHost * ranksPerHost;
      int[] host = Arrays.copyOfRange(ready, first, first + ranksPerHost);
      done[rank] = steps.insideHost(rank, (ranksPerHost - 1) * stepPs, host);
      for (int peer = first; peer < first + ranksPerHost; peer++) {
        if (peer != rank) {
          steps.brought(done[rank], peer, rank, whole.of(peer - first, ranksPerHost), false);
        }
      }
    }
    return done;
  }
}
