package org.podpath.workloads;

import java.util.Arrays;
import java.util.List;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;

/**
 * Carries out task lists on an engine: a task starts when all it waits for are done. Transfers
 * between two ranks use one connection for each channel, kept from list to list.
 */
public final class TaskRunner {
  private final Session session;
  private final List<Pod> ranks;
  private final int port;
  private final Connection[][] connections;
  private final TaskObserver observer;

  /**
   * Ranks that have not met yet.
   *
   * @param ranks the pod of each rank
   * @param port at which ranks listen
   * @param observer told of every task that is done
   */
  public TaskRunner(Session session, List<Pod> ranks, int port, TaskObserver observer) {
    this.session = session;
    this.ranks = List.copyOf(ranks);
    this.port = port;
    this.observer = observer;
    connections = new Connection[ranks.size()][];
  }

  /**
   * Starts {@code tasks} now.
   *
   * @param done called when every task is done
   */
  public void run(TaskList tasks, EventHandler done) {
    if (tasks.size() == 0) {
      done.handle();
      return;
    }
    new Running(tasks, done).startReady();
  }

  /** A list under way. */
  private final class Running {
    private final TaskList tasks;
    private final EventHandler done;
    private final int[] waitsFor;
    private final int[] firstFollower;
    private final int[] followers;
    private final long[] startPs;
    private int left;

    Running(TaskList tasks, EventHandler done) {
      this.tasks = tasks;
      this.done = done;
      left = tasks.size();
      waitsFor = new int[left];
      startPs = new long[left];
      firstFollower = new int[left + 1];
      for (int id = 0; id < left; id++) {
        waitsFor[id] = tasks.get(id).after().length;
        for (int before : tasks.get(id).after()) {
          firstFollower[before + 1]++;
        }
      }
      for (int id = 0; id < left; id++) {
        firstFollower[id + 1] += firstFollower[id];
      }
      followers = new int[firstFollower[left]];
      int[] next = firstFollower.clone();
      for (int id = 0; id < left; id++) {
        for (int before : tasks.get(id).after()) {
          followers[next[before]++] = id;
        }
      }
    }

    void startReady() {
      int size = tasks.size();
      for (int id = 0; id < size; id++) {
        if (tasks.get(id).after().length == 0) {
          start(id);
        }
      }
    }

    private void start(int id) {
      startPs[id] = session.simulator().nowPs();
      switch (tasks.get(id)) {
        case Task.Compute compute ->
            session.simulator().after(compute.durationPs(), () -> done(id));
        case Task.Transfer transfer -> {
          Connection connection = connection(transfer);
          Flow flow = session.request(connection, transfer.bytes(), Flow.NEVER_PS);
          session.engine().start(flow, () -> done(id));
        }
      }
    }

    private void done(int id) {
      observer.done(tasks.get(id), startPs[id], session.simulator().nowPs());
      for (int i = firstFollower[id]; i < firstFollower[id + 1]; i++) {
        if (--waitsFor[followers[i]] == 0) {
          start(followers[i]);
        }
      }
      if (--left == 0) {
        done.handle();
      }
    }
  }

  private Connection connection(Task.Transfer transfer) {
    int from = transfer.from();
    int column = transfer.channel() * ranks.size() + transfer.to();
    if (connections[from] == null) {
      connections[from] = new Connection[ranks.size()];
    }
    if (connections[from].length <= column) {
      int columns = (transfer.channel() + 1) * ranks.size();
      connections[from] = Arrays.copyOf(connections[from], columns);
    }
    if (connections[from][column] == null) {
      Pod source = ranks.get(from);
      connections[from][column] = session.connect(source, ranks.get(transfer.to()), port);
    }
    return connections[from][column];
  }
}
