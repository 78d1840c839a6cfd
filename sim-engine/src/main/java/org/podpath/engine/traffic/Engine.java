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

  /**
   * A window of time ends: reports what links and CPUs did in it. Without a call the whole run is one
   * window.
   */
  void window();

  /** Reports what ends with the run: flows still under way, and the last window. */
  void end();
}
