package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** Which engine moves the bytes. */
public enum EngineKind {
  /** Plays every packet. */
  @Explain("Plays every packet: tails, bursts, loss.") PACKET,

  /** Computes the rates of flows. */
  @Explain("Computes the rates of flows: long runs, large clusters.") FLOW
}
