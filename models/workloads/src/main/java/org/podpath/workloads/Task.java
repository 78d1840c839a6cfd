package org.podpath.workloads;

/** A piece of a job: something a rank computes, or bytes that go from one rank to another. */
public sealed interface Task {

  /** Ids of the tasks that must be done before it starts. */
  int[] after();

  /**
   * A rank is busy for a while.
   *
   * @param durationPs 0 only joins what it waits for
   */
  record Compute(int rank, long durationPs, int[] after) implements Task {
    public Compute {
      if (durationPs < 0) {
        throw new IllegalArgumentException(
            "rank " + rank + " cannot compute for " + durationPs + " ps");
      }
    }
  }

  /**
   * Bytes cross the network.
   *
   * @param channel which of the connections between the two ranks they take, from 0; on one, bytes
   *     follow each other in order
   */
  record Transfer(int from, int to, int channel, long bytes, int[] after) implements Task {
    public Transfer {
      if (channel < 0) {
        throw new IllegalArgumentException("there is no channel " + channel);
      }
      if (bytes <= 0 || from == to) {
        throw new IllegalArgumentException(
            "a transfer of " + bytes + " bytes from rank " + from + " to rank " + to
                + " moves nothing");
      }
    }
  }
}
