package org.podpath.engine.packet;

import java.util.List;
import org.podpath.engine.cluster.Host;

/** Receive queues of cards whose frames the kernel of pods does not take out of them itself. */
final class CardQueues {
  private final PacketEngine engine;
  private final Below below;
  /** By host and CPU; null before a frame is to come. */
  private final ReceiveQueue[][] queues;

  /**
   * None yet.
   *
   * @param below what polls of them do
   */
  CardQueues(PacketEngine engine, Below below) {
    this.engine = engine;
    this.below = below;
    List<Host> hosts = engine.cluster.topology().hosts();
    queues = new ReceiveQueue[hosts.size()][];
    for (Host host : hosts) {
      queues[host.id()] = new ReceiveQueue[host.cpus()];
    }
  }

  /** That whose interrupts {@code cpu} takes. */
  ReceiveQueue on(Host host, int cpu) {
    ReceiveQueue[] ofHost = queues[host.id()];
    if (ofHost[cpu] == null) {
      ofHost[cpu] =
          new ReceiveQueue(
              engine, engine.cpus.core(host, cpu), engine.paths.interrupts(host.profile()),
              host.profile().ringFrames(), below);
    }
    return ofHost[cpu];
  }

  /** How many frames its ring has dropped. */
  long dropped(Host host, int cpu) {
    ReceiveQueue queue = queues[host.id()][cpu];
    return queue == null ? 0 : queue.dropped();
  }
}
