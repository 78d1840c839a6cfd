package org.podpath.engine.results;

/** Is shown frames at the end of links that they cross, in order of time. */
@FunctionalInterface
public interface FrameTap {

  /**
   * The last bit of {@code frame} has come to the end of a link.
   *
   * @param link id of the link in the topology
   */
  void frame(long nowPs, int link, SeenFrame frame);
}
