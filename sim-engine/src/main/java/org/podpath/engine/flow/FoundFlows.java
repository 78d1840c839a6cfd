package org.podpath.engine.flow;

/**
 * Flows that were found in one go, to be changed in another. Most of what the change of a flow costs
 * is to wait for what the table has of it; those that are located together wait together.
 */
final class FoundFlows {
  int count;
  int[] flows = {};
  /** Of each flow: where in the table the resources that it uses begin. */
  int[] begins = {};
  int[] ends = {};

  /** There will be up to {@code most} flows. */
  void room(int most) {
    if (most > flows.length) {
      flows = new int[2 * most];
      begins = new int[2 * most];
      ends = new int[2 * most];
    }
  }

  /** Looks all of them up in the table. */
  void locate(UseTable table) {
    for (int i = 0; i < count; i++) {
      begins[i] = table.first(flows[i]) + 1;
    }
    for (int i = 0; i < count; i++) {
      ends[i] = begins[i] + table.resources[begins[i] - 1];
    }
  }
}
