package org.podpath.engine.results;

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

  /** What a CPU did, at the end of the run. */
  void cpu(CpuTime time);

  /** Something about the run that its reader should know; its numbers hold all the same. */
  void note(String what);

  /** Something happened that the engine's model does not cover; {@code why} reaches the user. */
  void outsideValidity(String why);
}
