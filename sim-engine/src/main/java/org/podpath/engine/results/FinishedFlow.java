package org.podpath.engine.results;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.podpath.engine.traffic.Flow;

/**
 * A flow that has arrived, or whose time was up.
 *
 * @param endPs when its last byte was read
 * @param sentBytes what has left the sender, each byte counted once
 * @param deliveredBytes what the receiver has read
 * @param complete whether that is all of it, or time ended it as asked
 * @param ideal how long it would have taken alone on these hosts and links, in picoseconds; worked out
 *     when asked
 * @param encapsulationBytes outer headers of the frames that left network cards for it: data, what was sent
 *     again, and what answers it
 * @param retransmissions segments that were sent again; empty where no engine knows
 */
public record FinishedFlow(
    Flow flow,
    long startPs,
    long endPs,
    long sentBytes,
    long deliveredBytes,
    boolean complete,
    LongSupplier ideal,
    long encapsulationBytes,
    OptionalLong retransmissions) {

  /** How long it would have taken alone on these hosts and links. */
  public long idealPs() {
    return ideal.getAsLong();
  }
}
