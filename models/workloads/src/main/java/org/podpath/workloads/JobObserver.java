package org.podpath.workloads;

import org.podpath.engine.traffic.Connection;

/** Is told what a job did, for tables and timelines. Times are picoseconds of simulated time. */
public interface JobObserver {

  /**
   * A training step.
   *
   * @param rank −1 for all together; of asynchronous training: the worker whose step it was
   * @param computePs of the rank that computed longest
   * @param communicationPs from the first byte sent to the last one read
   * @param stragglerRank the rank that computed longest; −1 if all took the same time
   */
  record Step(
      long step,
      int rank,
      long startPs,
      long endPs,
      long computePs,
      long communicationPs,
      int stragglerRank) {

    /** What of the step no computing hides. */
    public long exposedPs() {
      return endPs - startPs - computePs;
    }
  }

  /** A collective operation over all ranks. */
  record Collective(
      String operation, Algorithm algorithm, int ranks, long bytes, long startPs, long endPs) {}

  /**
   * A request that was answered.
   *
   * @param queuePs waiting for the server
   * @param computePs served
   */
  record Request(long arrivePs, long endPs, long queuePs, long computePs) {

    /** From the client's send call to the reply read. */
    public long totalPs() {
      return endPs - arrivePs;
    }

    /** What is neither waiting for the server nor being served. */
    public long networkPs() {
      return totalPs() - queuePs - computePs;
    }
  }

  /** The job has opened a connection. */
  void connected(Connection connection);

  /** A training step is over. */
  void step(Step step);

  /** A collective is over. */
  void collective(Collective collective);

  /** A request is answered. */
  void request(Request request);

  /** A task is done. */
  void task(Task task, long startPs, long endPs);
}
