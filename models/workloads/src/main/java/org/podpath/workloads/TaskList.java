package org.podpath.workloads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tasks in an order in which each comes after those it waits for; a task's id is its position. */
public final class TaskList {
  /** No task: waiting for it is no wait. */
  public static final int NONE = -1;

  private static final int[] NOTHING = {};

  private final List<Task> tasks = new ArrayList<>();

  /**
   * Adds computing.
   *
   * @param after ids of earlier tasks; {@link #NONE} is ignored
   * @return its id
   */
  public int compute(int rank, long durationPs, int... after) {
    return add(new Task.Compute(rank, durationPs, earlier(after)));
  }

  /**
   * Adds a transfer on the first connection between two ranks.
   *
   * @param after ids of earlier tasks; {@link #NONE} is ignored
   * @return its id
   */
  public int transfer(int from, int to, long bytes, int... after) {
    return transferOn(0, from, to, bytes, after);
  }

  /**
   * Adds a transfer on a connection of its own: those of other channels neither wait for it nor
   * share with it more than links and cores.
   *
   * @param channel from 0
   * @param after ids of earlier tasks; {@link #NONE} is ignored
   * @return its id
   */
  int transferOn(int channel, int from, int to, long bytes, int... after) {
    return add(new Task.Transfer(from, to, channel, bytes, earlier(after)));
  }

  /** Number of tasks. */
  public int size() {
    return tasks.size();
  }

  /** The task with {@code id}. */
  public Task get(int id) {
    return tasks.get(id);
  }

  private int add(Task task) {
    tasks.add(task);
    return tasks.size() - 1;
  }

  private int[] earlier(int[] after) {
    int kept = 0;
    for (int id : after) {
      if (id < NONE || id >= tasks.size()) {
        throw new IllegalArgumentException(
            "task " + tasks.size() + " cannot wait for task " + id + ", which is not there yet");
      }
      kept += id == NONE ? 0 : 1;
    }
    if (kept == after.length) {
      return kept == 0 ? NOTHING : after.clone();
    }
    return Arrays.stream(after).filter(id -> id != NONE).toArray();
  }
}
