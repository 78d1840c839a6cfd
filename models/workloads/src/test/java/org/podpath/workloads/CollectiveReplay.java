package org.podpath.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.podpath.workloads.CollectiveSteps.Moves;
import org.podpath.workloads.CollectiveSteps.Part;

/**
 * Carries out a collective on real buffers, with tasks that start and end at random times as their
 * dependencies allow. Every byte of every rank is a random number, so a sum is right only if each
 * was added once.
 */
final class CollectiveReplay implements Moves {
  private final TaskList tasks = new TaskList();
  private final List<Move> moves = new ArrayList<>();
  private final Reduction reduction;
  private final int[] ready;
  private final long[][] own;
  private final long[][] buffers;

  private record Move(int begin, int end, int from, int to, Part part, boolean adds) {}

  /** A collective as the tests write it: appends to the steps, returns who is done with what. */
  interface Collective {
    int[] append(CollectiveSteps steps, int ranks, Part whole, int[] ready);
  }

  /**
   * Ranks, and servers after them, which own nothing.
   *
   * @param bytes of each buffer
   */
  CollectiveReplay(int ranks, int servers, int bytes, Reduction reduction) {
    this.reduction = reduction;
    ready = new int[ranks];
    Arrays.setAll(ready, rank -> tasks.compute(rank, 1));
    own = new long[ranks + servers][bytes];
    buffers = new long[ranks + servers][bytes];
    Random random = new Random(1);
    for (int rank = 0; rank < ranks; rank++) {
      Arrays.setAll(own[rank], i -> random.nextLong());
    }
  }

  @Override
  public void moved(int begin, int end, int from, int to, Part part, boolean adds) {
    moves.add(new Move(begin, end, from, to, part, adds));
  }

  /** At first, {@code rank} owns nothing but {@code part}. */
  void ownsOnly(int rank, Part part) {
    for (int i = 0; i < own[rank].length; i++) {
      if (i < part.first() || i >= part.first() + part.bytes()) {
        own[rank][i] = 0;
      }
    }
  }

  /** The sum over all ranks, byte by byte. */
  long[] sum() {
    long[] sum = new long[own[0].length];
    for (long[] buffer : own) {
      Arrays.setAll(sum, i -> sum[i] + buffer[i]);
    }
    return sum;
  }

  /**
   * Each rank has {@code expected} when it is done.
   *
   * @param partOfRank which part of it that rank has to have
   */
  void ends(Collective collective, long[] expected, IntFunction<Part> partOfRank, long seed) {
    CollectiveSteps steps = new CollectiveSteps(tasks, reduction, this);
    int[] done = collective.append(steps, ready.length, new Part(0, own[0].length), ready);
    assertThat(done).hasSameSizeAs(ready);
    play(new Random(seed), (rank, task) -> {
      if (done[rank] == task) {
        Part part = partOfRank.apply(rank);
        int from = (int) part.first();
        int to = (int) (part.first() + part.bytes());
        assertThat(Arrays.equals(buffers[rank], from, to, expected, from, to))
            .as("rank %d of %d has its part of %d bytes", rank, ready.length, expected.length)
            .isTrue();
      }
    });
  }

  private interface Ended {
    void task(int rank, int task);
  }

  private void play(Random random, Ended ended) {
    List<List<Integer>> followers = lists();
    int[] waitsFor = new int[tasks.size()];
    List<Integer> running = new ArrayList<>();
    for (int id = 0; id < tasks.size(); id++) {
      waitsFor[id] = tasks.get(id).after().length;
      for (int before : tasks.get(id).after()) {
        followers.get(before).add(id);
      }
      if (waitsFor[id] == 0) {
        running.add(id);
      }
    }
    List<List<Move>> beginning = lists();
    List<List<Move>> ending = lists();
    for (Move move : moves) {
      beginning.get(move.begin).add(move);
      ending.get(move.end).add(move);
    }
    Map<Move, long[]> onTheWay = new IdentityHashMap<>();
    while (!running.isEmpty()) {
      Collections.swap(running, random.nextInt(running.size()), running.size() - 1);
      int id = running.removeLast();
      beginning.get(id).forEach(move -> onTheWay.computeIfAbsent(move, this::read));
      ending.get(id).forEach(move -> write(move, onTheWay.remove(move)));
      for (int rank = 0; rank < ready.length; rank++) {
        if (ready[rank] == id) {
          buffers[rank] = own[rank].clone(); // what came too early is lost
        }
        ended.task(rank, id);
      }
      for (int follower : followers.get(id)) {
        if (--waitsFor[follower] == 0) {
          running.add(follower);
          beginning.get(follower)
              .stream()
              .filter(move -> random.nextBoolean())
              .forEach(
                  move -> onTheWay.put(move, read(move)));
        }
      }
    }
    assertThat(onTheWay).isEmpty();
    assertThat(waitsFor).containsOnly(0);
  }

  private <T> List<List<T>> lists() {
    return IntStream.range(0, tasks.size()).<List<T>>mapToObj(id -> new ArrayList<>()).toList();
  }

  private long[] read(Move move) {
    int first = (int) move.part.first();
    return Arrays.copyOfRange(buffers[move.from], first, first + (int) move.part.bytes());
  }

  private void write(Move move, long[] values) {
    for (int i = 0; i < values.length; i++) {
      int at = (int) move.part.first() + i;
      buffers[move.to][at] = values[i] + (move.adds ? buffers[move.to][at] : 0);
    }
  }
}
