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
 * @param canBePaused whether the switch at the end of the link may tell it to wait
 * @param marker null where it marks nothing
 * @param shared the buffer of its switch; null where it has its own
 */
record PortPlan(
    Link link,
    long extraDelayPs,
    long headBytes,
    int mostWireBytes,
    PortQueues queues,
    boolean canBePaused,
    Marker marker,
    SharedBuffer shared) {

  /** Whether it only waits for its turn and drops what does not fit. */
  boolean isPlain() {
    return marker == null
        && shared == null
        && headBytes == 0
        && mostWireBytes >= Link.ANY_MTU_BYTES;
  }

  /** Whether its frames wait in real queues. */
  boolean isClassed() {
    return canBePaused || !queues.departureIsKnownAtArrival();
  }
}
