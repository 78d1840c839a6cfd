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
public record Cni(String name, Optional<Datapath> sameHost, Datapath send, Datapath receive) {}
