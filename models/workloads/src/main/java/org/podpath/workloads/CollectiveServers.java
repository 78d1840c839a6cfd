package org.podpath.workloads;

import org.podpath.workloads.CollectiveSteps.Part;

/** Sums that servers keep for workers. */
public final class CollectiveServers {
  private CollectiveServers() {}

  /**
   * A synchronous step of parameter servers, each of which has one shard of the buffer: all workers
   * push to all servers, a server adds what it gets, and when it has all, all workers pull from it.
   * Time 2 max({@code bytes}/B of a worker, n · {@code bytes}/(p · B of a server)) + 2α + n ·
   * {@code bytes}/p · γ with p servers.
   *
   * <p>Source: M. Li et al., "Scaling distributed machine learning with the parameter server", OSDI
   * 2014.
   *
   * @param workers numbered from 0
   * @param servers numbered after the workers
   * @param ready task after which each worker may start, or {@link TaskList#NONE}
   * @return the task with which each worker has the sum
   * @throws IllegalArgumentException if there is no worker, no server or less than no bytes
   */
  public static int[] parameterServer(
      TaskList tasks, int workers, int servers, long bytes, Reduction reduction, int[] ready) {
    Part whole = CollectiveSteps.whole(workers, bytes, ready);
    return parameterServer(new CollectiveSteps(tasks, reduction), servers, whole, ready);
  }

  static int[] parameterServer(CollectiveSteps steps, int servers, Part whole, int[] ready) {
    if (servers < 1) {
      throw new IllegalArgumentException("workers cannot share " + servers + " servers");
    }
    int workers = ready.length;
    int[][] pushed = new int[servers][workers];
    for (int worker = 0; worker < workers; worker++) {
      for (int server = 0; server < servers; server++) {
        Part shard = whole.of(server, servers);
        pushed[server][worker] =
            steps.add(worker, workers + server, shard, ready[worker]).added();
      }
    }
    int[][] pulled = new int[workers][servers];
    for (int server = 0; server < servers; server++) {
      int summed = steps.join(workers + server, pushed[server]);
      for (int worker = 0; worker < workers; worker++) {
        Part shard = whole.of(server, servers);
        pulled[worker][server] = steps.put(workers + server, worker, shard, summed);
      }
    }
    int[] done = new int[workers];
    for (int worker = 0; worker < workers; worker++) {
      done[worker] = steps.join(worker, pulled[worker]);
    }
    return done;
  }
}
