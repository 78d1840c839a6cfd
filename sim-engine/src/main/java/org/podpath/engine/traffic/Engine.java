package org.podpath.engine.traffic;

import java.util.List;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;

/** Moves flows. */
public interface Engine {

  /**
   * Starts to move {@code flow} now. Flows of one direction of a connection are sent one after the
   * other.
   *
   * @param delivered called when its last byte has been read by the receiver, or its time is up
   */
  void start(Flow flow, EventHandler delivered);

  /**
   * Asks before the first flow of these pods whether they may be played by the first few of them,
   * since in all that will happen to them every group of {@code period} pods does to the next group,
   * at the same time, what the first one does to the second.
   *
   * @param pods of one job, group after group; the last is followed by the first
   * @return whether it is so: then flows of the first group alone are to be started, and what they take
   *     is taken everywhere
   */
  default boolean repeats(List<Pod> pods, int period) {
    return false;
  }

  /**
   * Agents of a host, which are not a pod's, have to work: one piece after the other, on the CPU that
   * {@link org.podpath.engine.cluster.Cluster#agentCpu} tells.
   *
   * @param hostPs time that it takes a whole core of the host, warm
   * @param done called when it is done
   */
  void agent(int host, double hostPs, EventHandler done);

  /**
   * A window of time ends: reports what links and CPUs did in it. Without a call the whole run is one
   * window.
   */
  void window();

  /** Reports what ends with the run: flows still under way, and the last window. */
  void end();
}
