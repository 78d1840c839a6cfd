package org.podpath.engine.results;

import org.podpath.engine.cluster.Pod;

/** Takes what a run reports, in the order of simulated time. */
public interface Recorder {

  /** A flow has ended. */
  void flow(FinishedFlow flow);

  /**
   * One observation of a latency.
   *
   * @param path between whom, such as {@code client > server}
   * @param metric what was timed, such as {@code transaction}
   */
  void latency(int tenant, String path, String metric, long latencyPs);

  /**
   * One observation of how long a segment and its acknowledgement took.
   *
   * @param source who sent the segment
   */
  void loadedRoundTrip(Pod source, Pod destination, long roundTripPs);

  /** What a CPU did in a window of time, at its end. */
  void cpu(CpuTime time);

  /** What a link did in a window of time, at its end. */
  void link(LinkUse use);

  /** What a receive queue did, at the end of the run. */
  void queue(QueueUse use);

  /** Something about the run that its reader should know; its numbers hold all the same. */
  void note(String what);

  /**
   * A flow was under way when the run ended: which, and what is known of why.
   *
   * @param inVain whether its sender has sent the same again and again, and heard nothing
   */
  void unfinished(String what, boolean inVain);

  /** The run cannot go on, and why. */
  void stuck(String why);

  /** Something happened that the engine's model does not cover; {@code why} reaches the user. */
  void outsideValidity(String why);
}
