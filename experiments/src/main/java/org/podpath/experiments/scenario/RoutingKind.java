package org.podpath.experiments.scenario;

import org.podpath.engine.cluster.Routing;
import org.podpath.experiments.Explain;

/** Which of several equally short ways a packet takes. */
public enum RoutingKind {
  /** By connection. */
  @Explain("The hash of a connection's addresses and ports chooses, for all its packets.") ECMP,

  /** By burst. */
  @Explain("Chosen anew for each burst of a connection.") FLOWLET,

  /** By packet. */
  @Explain("Chosen anew for each packet; packets overtake each other.") SPRAY;

  /**
   * The same in the words of the engine.
   *
   * @param flowletGapPs a longer gap begins a burst
   */
  Routing routing(long flowletGapPs) {
    return switch (this) {
      case ECMP -> new Routing.Ecmp();
      case FLOWLET -> new Routing.Flowlet(flowletGapPs);
      case SPRAY -> new Routing.Spray();
    };
  }
}
