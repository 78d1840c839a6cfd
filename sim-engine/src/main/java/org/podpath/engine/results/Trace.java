package org.podpath.engine.results;

/** Takes a readable account of what happens in a run, for teaching and for golden tests. */
@FunctionalInterface
public interface Trace {

  /**
   * Something happened.
   *
   * @param where the core, link or queue, such as {@code host0.cpu1}
   * @param what in a word or two, such as {@code sends}
   * @param flow id of the flow
   * @param bytes of payload
   */
  void event(long nowPs, String where, String what, long flow, long bytes);
}
