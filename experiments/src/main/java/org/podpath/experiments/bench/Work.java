package org.podpath.experiments.bench;

import java.util.OptionalLong;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.packet.PacketEngine;

/**
 * What a workload did. Counts that mean nothing for it are empty.
 *
 * @param events events of the kernel
 * @param packetHops packets, data or acknowledgement, delivered over one link each
 * @param dataHops those of them that carried data
 * @param flows flows that were delivered
 * @param variables flows, or classes of flows that do the same, whose rates were solved for
 * @param deliveredBytes payload that arrived
 * @param checksum follows from the times at which things happened: the same on every machine
 */
record Work(
    OptionalLong events,
    OptionalLong packetHops,
    OptionalLong dataHops,
    OptionalLong flows,
    OptionalLong variables,
    OptionalLong deliveredBytes,
    long checksum) {

  /** What the packet engine did. */
  static Work ofPackets(
      Simulator simulator, PacketEngine engine, long deliveredBytes, long checksum) {
    return new Work(
        OptionalLong.of(simulator.events()), OptionalLong.of(engine.packetHops()),
        OptionalLong.of(engine.dataHops()), OptionalLong.empty(), OptionalLong.empty(),
        OptionalLong.of(deliveredBytes), checksum);
  }

  /**
   * What the flow engine did.
   *
   * @param events instants at which flows began or ended
   */
  static Work ofFlows(long events, long flows, long variables, long checksum) {
    return new Work(
        OptionalLong.of(events), OptionalLong.empty(), OptionalLong.empty(),
        OptionalLong.of(flows), OptionalLong.of(variables), OptionalLong.empty(), checksum);
  }

  /** Events and nothing else. */
  static Work ofEvents(long events, long checksum) {
    return new Work(
        OptionalLong.of(events), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(),
        OptionalLong.empty(), OptionalLong.empty(), checksum);
  }
}
