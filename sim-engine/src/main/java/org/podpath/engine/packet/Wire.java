package org.podpath.engine.packet;

import org.podpath.engine.cluster.Link;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * A FIFO port and the link behind it. When a frame will arrive is known when it is handed over, so
 * a hop is one event, and however many frames are under way, only the first of them is in the event
 * queue.
 */
final class Wire implements Entity {
  private final Simulator simulator;
  private final PacketEngine engine;
  private final long bitsPerSecond;
  private final long delayPs;
  private final int id;
  private final LongRing arrivalsPs = new LongRing();
  private final LongRing frames = new LongRing();
  private long freeAtPs;

  /**
   * An idle port.
   *
   * @param extraDelayPs on top of the link's own: network cards at its ends
   */
  Wire(Simulator simulator, PacketEngine engine, Link link, long extraDelayPs) {
    this.simulator = simulator;
    this.engine = engine;
    bitsPerSecond = link.bitsPerSecond();
    delayPs = link.delayPs() + extraDelayPs;
    id = simulator.register(this);
  }

  void send(long frame, int wireBytes) {
    freeAtPs =
        Math.max(simulator.nowPs(), freeAtPs) + Link.serialisationPs(wireBytes, bitsPerSecond);
    long arrivalPs = freeAtPs + delayPs;
    frames.add(frame);
    arrivalsPs.add(arrivalPs);
    if (frames.size() == 1) {
      simulator.wake(id, arrivalPs);
    }
  }

  @Override
  public void wake(int entity) {
    long frame = frames.remove();
    arrivalsPs.remove();
    if (frames.size() > 0) {
      simulator.wake(id, arrivalsPs.peek());
    }
    engine.arrived(frame);
  }
}
