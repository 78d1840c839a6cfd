package org.podpath.workloads;

import org.podpath.engine.kernel.EventHandler;

/** Something that a tenant does once in a run. */
public interface Job {

  /**
   * Begins now.
   *
   * @param done called when the job has nothing more to do
   */
  void start(EventHandler done);
}
