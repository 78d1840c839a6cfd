package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** Which packets search the rules. */
public enum Walk {
  /** The first packet of a connection. */
  @Explain("The first packet of a connection; connection tracking lets the others pass.") NEW_ONLY,

  /** All of them. */
  @Explain("Every packet, as without connection tracking.") EVERY_PACKET
}
