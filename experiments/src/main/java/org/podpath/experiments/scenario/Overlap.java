package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** What of the network time a training step hides behind its computation. */
public enum Overlap {
  /** Nothing. */
  @Explain("The network waits for the whole backward pass.") NONE,

  /** All but what the last buckets take. */
  @Explain("Each bucket of gradients is sent as soon as it is there, as PyTorch DDP does.") BUCKETS
}
