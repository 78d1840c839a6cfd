package org.podpath.engine.packet;

import java.util.ArrayDeque;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * A CPU: serves what is offered in order of arrival.
 *
 * <p>After an idle gap it is cold: the first packet it receives and the first it sends in the busy
 * period that follows pay the cold factor at the host's stages.
 */
final class CpuCore implements Entity {
  private final Simulator simulator;
  private final int id;
  private final double shareRatio;
  private final long coldIdlePs;
  private final ArrayDeque<Service> waiting = new ArrayDeque<>();
  private Service running;
  private long idleSincePs;
  private boolean everBusy;
  private boolean coldReceive;
  private boolean coldSend;

  /**
   * An idle, cold CPU.
   *
   * @param shareRatio its speed over that of a whole core
   * @param coldIdlePs the gap after which it is cold
   */
  CpuCore(Simulator simulator, double shareRatio, long coldIdlePs) {
    this.simulator = simulator;
    this.shareRatio = shareRatio;
    this.coldIdlePs = coldIdlePs;
    id = simulator.register(this);
  }

  void offer(Service service) {
    if (running != null) {
      waiting.add(service);
      return;
    }
    boolean cold = !everBusy || simulator.nowPs() - idleSincePs >= coldIdlePs;
    coldReceive = cold;
    coldSend = cold;
    everBusy = true;
    begin(service);
  }

  /** Whether the packet that is received now finds the core cold; asking makes it warm. */
  boolean takeColdReceive() {
    boolean cold = coldReceive;
    coldReceive = false;
    return cold;
  }

  /** Whether the packet that is sent now finds the core cold; asking makes it warm. */
  boolean takeColdSend() {
    boolean cold = coldSend;
    coldSend = false;
    return cold;
  }

  private void begin(Service service) {
    running = service;
    simulator.wake(id, simulator.nowPs() + Math.round(service.beginPs(this) / shareRatio));
  }

  /** The service is over; what it offers to this core queues behind what waits already. */
  @Override
  public void wake(int entity) {
    running.end();
    Service next = waiting.poll();
    if (next != null) {
      begin(next);
    } else {
      running = null;
      idleSincePs = simulator.nowPs();
    }
  }
}
