package org.podpath.workloads;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * What collectives are made of: parts of a buffer that go from rank to rank and are added there or
 * put in place. A part of no bytes is not sent, but whoever waits for it waits for its sender.
 */
final class CollectiveSteps {
  private final TaskList tasks;
  private final Reduction reduction;
  private final Moves moves;
  private final TreeMap<Integer, Integer> lastAdded;
  private final int channel;

  /**
   * Bytes of a buffer that follow each other.
   *
   * @param first offset of the first
   */
  record Part(long first, long bytes) {
    /** Part {@code index} of {@code count}, which differ by at most one byte in size. */
    Part of(int index, int count) {
      return between(index, index + 1, count);
    }

    /** Parts {@code from} to {@code to} of {@code count}, without the last. */
    Part between(int from, int to, int count) {
      long start = start(from, count);
      return new Part(first + start, start(to, count) - start);
    }

    private long start(int index, int count) {
      return index * (bytes / count) + Math.min(index, bytes % count);
    }
  }

  /** Is told which bytes the tasks stand for. */
  interface Moves {
    /** Nobody wants to know. */
    Moves UNSEEN = (begin, end, from, to, part, adds) -> {};

    /**
     * {@code part} of the buffer of {@code from} is read by task {@code begin}, and with task
     * {@code end} it is in that of {@code to}.
     *
     * @param adds whether to what was there, or in its place
     */
    void moved(int begin, int end, int from, int to, Part part, boolean adds);
  }

  CollectiveSteps(TaskList tasks, Reduction reduction) {
    this(tasks, reduction, Moves.UNSEEN);
  }

  CollectiveSteps(TaskList tasks, Reduction reduction, Moves moves) {
    this(tasks, reduction, moves, new TreeMap<>(), 0);
  }

  private CollectiveSteps(
      TaskList tasks,
      Reduction reduction,
      Moves moves,
      TreeMap<Integer, Integer> lastAdded,
      int channel) {
    this.tasks = tasks;
    this.reduction = reduction;
    this.moves = moves;
    this.lastAdded = lastAdded;
    this.channel = channel;
  }

  /** The same, on connections of their own. */
  CollectiveSteps onChannel(int other) {
    return new CollectiveSteps(tasks, reduction, moves, lastAdded, other);
  }

  /**
   * Checks what every collective is given, and returns the whole buffer.
   *
   * @throws IllegalArgumentException if there is no rank, less than no bytes, or a rank too many or
   *     too few in {@code ready}
   */
  static Part whole(int ranks, long bytes, int[] ready) {
    if (ranks < 1 || bytes < 0 || ready.length != ranks) {
      throw new IllegalArgumentException(
          "no collective of " + ranks + " ranks, " + ready.length + " of which may start, has "
              + bytes + " bytes");
    }
    return new Part(0, bytes);
  }

  /** Sends {@code part} to where it replaces what was there. */
  int put(int from, int to, Part part, int... after) {
    if (part.bytes == 0) {
      return join(from, after);
    }
    int sent = tasks.transferOn(channel, from, to, part.bytes, after);
    moves.moved(sent, sent, from, to, part, false);
    return sent;
  }

  /** Sends {@code part} to where it is added; a rank adds one part after the other. */
  Sum add(int from, int to, Part part, int... after) {
    if (part.bytes == 0) {
      int joined = join(from, after);
      return new Sum(joined, joined);
    }
    int sent = tasks.transferOn(channel, from, to, part.bytes, after);
    int added = sent;
    if (reduction.psPerByte() > 0) {
      int before = lastAdded.getOrDefault(to, TaskList.NONE);
      added = tasks.compute(to, addingPs(part.bytes), sent, before);
      lastAdded.put(to, added);
    }
    moves.moved(sent, added, from, to, part, true);
    return new Sum(sent, added);
  }

  /**
   * A part on its way into a sum.
   *
   * @param sent task with which it has arrived
   * @param added task with which the receiver has added it
   */
  record Sum(int sent, int added) {}

  /** Time to add {@code bytes}. */
  long addingPs(long bytes) {
    return Math.multiplyExact(bytes, reduction.psPerByte());
  }

  /** {@code rank} exchanges with its neighbours on the host, which is not simulated. */
  int insideHost(int rank, long durationPs, int... after) {
    return tasks.compute(rank, durationPs, after);
  }

  /** What {@link #insideHost} task {@code id} brought. */
  void brought(int id, int from, int to, Part part, boolean adds) {
    moves.moved(id, id, from, to, part, adds);
  }

  /** The task with which all of {@code after} are done; {@link TaskList#NONE} if there are none. */
  int join(int rank, int... after) {
    int[] ids = Arrays.stream(after).filter(id -> id != TaskList.NONE).distinct().toArray();
    return switch (ids.length) {
      case 0 -> TaskList.NONE;
      case 1 -> ids[0];
      default -> tasks.compute(rank, 0, ids);
    };
  }
}
