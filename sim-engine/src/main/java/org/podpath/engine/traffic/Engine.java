package org.podpath.engine.traffic;

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

  /** Reports what ends with the run: flows still under way, and what every core has done. */
  void end();
}
