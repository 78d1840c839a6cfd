package org.podpath.engine.packet;

import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.PortQueues;

/**
 * What a port is made of.
 *
 * @param extraDelayPs on top of the link's own: network cards at its ends
 * @param headBytes how much of a frame has arrived when it is forwarded; 0: all of it
 * @param mostWireBytes larger frames do not fit the MTU of the link
 * @param queues what it does with frames that cannot leave at once
 */
record PortPlan(
    Link link, long extraDelayPs, long headBytes, int mostWireBytes, PortQueues queues) {}
