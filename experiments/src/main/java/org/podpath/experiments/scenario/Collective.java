package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** How ranks add up what each of them has. */
public enum Collective {
  /** Neighbours in a circle. */
  @Explain("Each rank sends to the next, 2(n-1) steps of 1/n of the bytes.") RING,

  /** Few steps, good for short messages. */
  @Explain("Partners at distances that halve, then double.") HALVING_DOUBLING,

  /** Two trees, each for half of the bytes. */
  @Explain("Two binary trees, each for half of the bytes, in chunks.") TREE,

  /** Within hosts, then between them. */
  @Explain("Within each host over its GPU links, between hosts over the network.") HIERARCHICAL,

  /** Pods of their own that add up. */
  @Explain("Every rank sends to servers that add up, and fetches the sum.") PARAMETER_SERVER
}
