package org.podpath.engine.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The rules of the event order written down once more, as simply as can be. */
final class ReferenceKernel implements Kernel {
  private final PriorityQueue<Event> queue = new PriorityQueue<>(
      Comparator.comparingLong(Event::atPs)
          .thenComparingInt(Event::entity)
          .thenComparing(Event::oneOff)
          .thenComparingLong(Event::sequence));
  private final List<Entity> entities = new ArrayList<>();
  private final List<Event> wakes = new ArrayList<>();
  private int current;
  private long scheduled;
  private long nowPs;

  @Override
  public int register(Entity entity) {
    entities.add(entity);
    wakes.add(null);
    return entities.size() - 1;
  }

  @Override
  public long nowPs() {
    return nowPs;
  }

  @Override
  public void wake(int id, long atPs) {
    cancel(id);
    Event wake = new Event(atPs, id, false, scheduled++, () -> {
      wakes.set(id, null);
      entities.get(id).wake(id);
    });
    wakes.set(id, wake);
    queue.add(wake);
  }

  @Override
  public void cancel(int id) {
    if (wakes.get(id) != null) {
      queue.remove(wakes.set(id, null));
    }
  }

  @Override
  public void after(long delayPs, EventHandler handler) {
    queue.add(new Event(nowPs + delayPs, current, true, scheduled++, handler));
  }

  @Override
  public void runUntil(long endPs) {
    while (!queue.isEmpty() && queue.peek().atPs() <= endPs) {
      Event event = queue.remove();
      nowPs = event.atPs();
      current = event.entity();
      event.handler().handle();
    }
    current = 0;
    if (!queue.isEmpty()) {
      nowPs = endPs;
    }
  }

  private record Event(
      long atPs, int entity, boolean oneOff, long sequence, EventHandler handler) {}
}
