package org.podpath.engine.datapath;

import java.util.Optional;

/**
 * A container network: the three ways a packet can go.
 *
 * @param name as in scenarios
 * @param sameHost between two pods of one host; empty: through the network card's embedded switch
 * @param send from a pod to the wire
 * @param receive from the wire to a pod
 */
public record Cni(String name, Optional<Datapath> sameHost, Datapath send, Datapath receive) {

  /** Whether a switch on cores of its own, which poll, stands between pods and the wire. */
  public boolean polls() {
    return send.isPolled();
  }

  /** Whether pods run in a guest, whose packets its host's vhost threads take to the wire and back. */
  public boolean crossesVhost() {
    return send.crossesVhost();
  }

  /** Whether what arrives interrupts a kernel; else pods hold a part of the card, or of the wire. */
  public boolean interrupts() {
    return receive.stages()
        .stream()
        .anyMatch(stage -> stage instanceof Stage.Work && stage.hook() == Hook.INTERRUPT);
  }

  /** The table that packets of its pods find their connections in, if it has a limit. */
  public Optional<Lookup.Connections> connections() {
    return send.stages()
        .stream()
        .filter(Stage.Work.class::isInstance)
        .flatMap(stage -> ((Stage.Work) stage).lookup().stream())
        .filter(Lookup.ConnectionTable.class::isInstance)
        .map(lookup -> ((Lookup.ConnectionTable) lookup).table())
        .findFirst();
  }
}
