package org.podpath.experiments.bench;

import java.util.OptionalLong;

/**
 * What a workload did. Counts that mean nothing for it are empty.
 *
 * @param events events of the kernel
 * @param packetHops packets, data or acknowledgement, delivered over one link each
 * @param flows flows that were delivered
 * @param deliveredBytes payload that arrived
 * @param checksum follows from the times at which things happened: the same on every machine
 */
record Work(
    OptionalLong events,
    OptionalLong packetHops,
    OptionalLong flows,
    OptionalLong deliveredBytes,
    long checksum) {

  /** Events and nothing else. */
  static Work ofEvents(long events, long checksum) {
    return new Work(
        OptionalLong.of(events), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(),
        checksum);
  }
}
