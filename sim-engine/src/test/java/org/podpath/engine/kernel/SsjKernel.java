package org.podpath.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.SplayTree;

/**
 * SSJ as an oracle. Its time is a {@code double}, exact for whole picoseconds up to 2^53 (2.5
 * hours).
 *
 * <p>SSJ orders events of one instant by their priority, the smaller number first, then as they
 * were scheduled. Twice the entity's id, plus one for a one-off event, is our order in these terms.
 */
final class SsjKernel implements Kernel {
  private final Simulator simulator = new Simulator(new SplayTree());
  private final List<Call> wakes = new ArrayList<>();
  private int current;

  @Override
  public int register(Entity entity) {
    int id = wakes.size();
    wakes.add(new Call(id, 2 * id, () -> entity.wake(id)));
    return id;
  }

  @Override
  public long nowPs() {
    return (long) simulator.time();
  }

  @Override
  public void wake(int id, long atPs) {
    cancel(id);
    wakes.get(id).schedule(atPs - simulator.time());
  }

  @Override
  public void cancel(int id) {
    if (wakes.get(id).time() >= 0) {
      wakes.get(id).cancel();
    }
  }

  @Override
  public void after(long delayPs, EventHandler handler) {
    new Call(current, 2 * current + 1, handler).schedule(delayPs);
  }

  @Override
  public void runUntil(long endPs) {
    new Call(0, Double.MAX_VALUE, simulator::stop).schedule(endPs - simulator.time());
    simulator.start();
    current = 0;
  }

  private final class Call extends Event {
    private final int entity;
    private final EventHandler handler;

    Call(int entity, double priority, EventHandler handler) {
      super(simulator);
      this.entity = entity;
      this.handler = handler;
      setPriority(priority);
    }

    @Override
    public void actions() {
      current = entity;
      handler.handle();
    }
  }
}
