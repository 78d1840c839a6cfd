package org.podpath.experiments.workloads;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.podpath.workloads.Task;
import org.podpath.workloads.TaskList;

/**
 * Plays tasks with nothing but the definition: ranks with a link out and a link in, whose transfers
 * share them max-min fairly, those of one connection one after the other, and arrive a latency
 * after their last byte has left. It shares no code with the engines.
 *
 * <p>Source of max-min fairness: D. Bertsekas, R. Gallager, "Data Networks", 2nd ed., section
 * 6.5.2.
 */
final class FluidRanks {
  /** Two ends nearer than this are one: far below a byte, far above the rounding of a double. */
  private static final double SAME_PS = 0.5;

  private final TaskList tasks;
  private final int ranks;
  private final double latencyPs;
  private final List<List<Integer>> followers = new ArrayList<>();
  private final int[] waitsFor;
  private final double[] leftPs;
  private final TreeMap<Integer, ArrayDeque<Integer>> connections = new TreeMap<>();
  private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparing(End::atPs));
  private double nowPs;

  private record End(double atPs, int task) {}

  private FluidRanks(TaskList tasks, int ranks, double latencyPs, double psPerByte) {
    this.tasks = tasks;
    this.ranks = ranks;
    this.latencyPs = latencyPs;
    waitsFor = new int[tasks.size()];
    leftPs = new double[tasks.size()];
    for (int id = 0; id < waitsFor.length; id++) {
      followers.add(new ArrayList<>());
      waitsFor[id] = tasks.get(id).after().length;
      for (int before : tasks.get(id).after()) {
        followers.get(before).add(id);
      }
      if (tasks.get(id) instanceof Task.Transfer transfer) {
        leftPs[id] = transfer.bytes() * psPerByte;
      }
    }
  }

  /** Time from the start of the first task to the end of the last. */
  static double playedPs(TaskList tasks, int ranks, double latencyPs, double psPerByte) {
    return new FluidRanks(tasks, ranks, latencyPs, psPerByte).playedPs();
  }

  private double playedPs() {
    for (int id = 0; id < waitsFor.length; id++) {
      if (waitsFor[id] == 0) {
        begin(id);
      }
    }
    int[] active = active();
    while (active.length > 0 || !ends.isEmpty()) {
      double[] rates = rates(active);
      double nextPs = ends.isEmpty() ? Double.POSITIVE_INFINITY : ends.peek().atPs;
      for (int i = 0; i < active.length; i++) {
        nextPs = Math.min(nextPs, nowPs + leftPs[active[i]] / rates[i]);
      }
      for (int i = 0; i < active.length; i++) {
        leftPs[active[i]] -= rates[i] * (nextPs - nowPs);
      }
      nowPs = nextPs;
      Arrays.stream(active).filter(id -> leftPs[id] < SAME_PS).forEach(this::leave);
      while (!ends.isEmpty() && ends.peek().atPs < nowPs + SAME_PS) {
        end(ends.remove().task);
      }
      active = active();
    }
    return nowPs;
  }

  private void begin(int id) {
    switch (tasks.get(id)) {
      case Task.Compute compute -> ends.add(new End(nowPs + compute.durationPs(), id));
      case Task.Transfer transfer ->
          connections
              .computeIfAbsent(connection(transfer), key -> new ArrayDeque<>())
              .add(id);
    }
  }

  private int connection(Task.Transfer transfer) {
    return (transfer.channel() * ranks + transfer.from()) * ranks + transfer.to();
  }

  private void leave(int id) {
    connections.get(connection((Task.Transfer) tasks.get(id))).remove();
    ends.add(new End(nowPs + latencyPs, id));
  }

  private void end(int id) {
    for (int follower : followers.get(id)) {
      if (--waitsFor[follower] == 0) {
        begin(follower);
      }
    }
  }

  /** The first transfer of every connection that has one. */
  private int[] active() {
    return connections.values()
        .stream()
        .filter(waiting -> !waiting.isEmpty())
        .mapToInt(ArrayDeque::peek)
        .toArray();
  }

  /** Shares of a link, from 0 to 1: the link that gives least to each on it is shared out first. */
  private double[] rates(int[] active) {
    int[][] links = new int[active.length][];
    int[] users = new int[2 * ranks];
    for (int i = 0; i < active.length; i++) {
      Task.Transfer transfer = (Task.Transfer) tasks.get(active[i]);
      links[i] = new int[] {transfer.from(), ranks + transfer.to()};
      users[links[i][0]]++;
      users[links[i][1]]++;
    }
    double[] free = new double[2 * ranks];
    Arrays.fill(free, 1);
    double[] rates = new double[active.length];
    for (int settled = 0; settled < active.length;) {
      int narrowest = narrowest(free, users);
      double share = free[narrowest] / users[narrowest];
      for (int i = 0; i < active.length; i++) {
        if (rates[i] == 0 && (links[i][0] == narrowest || links[i][1] == narrowest)) {
          rates[i] = share;
          settled++;
          for (int link : links[i]) {
            free[link] -= share;
            users[link]--;
          }
        }
      }
    }
    return rates;
  }

  private static int narrowest(double[] free, int[] users) {
    int narrowest = -1;
    for (int link = 0; link < users.length; link++) {
      if (users[link] > 0
          && (narrowest < 0 || free[link] / users[link] < free[narrowest] / users[narrowest])) {
        narrowest = link;
      }
    }
    return narrowest;
  }
}
