package org.podpath.experiments.fit;

/**
 * Timings that share one pair of parameters.
 *
 * @param platform machines and network
 * @param system software and its settings
 * @param ranks at least 2
 */
record LinkType(String platform, String system, Operation operation, int nodes, int ranks) {
  @Override
  public String toString() {
    return operation.word() + " of " + ranks + " ranks on " + nodes
        + (nodes == 1 ? " node" : " nodes");
  }
}
