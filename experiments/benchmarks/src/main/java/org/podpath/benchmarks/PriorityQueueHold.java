package org.podpath.benchmarks;

import java.util.PriorityQueue;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.podpath.engine.kernel.EventHandler;

/** The hold model on what one would write first: a {@link PriorityQueue} of records. */
@State(Scope.Thread)
public class PriorityQueueHold implements EventHandler {
  @Param({"1000", "10000", "100000"})
  int pending;

  private final Increments increments = new Increments();
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long nowPs;
  private long scheduled;

  /** Fills the queue. */
  @Setup
  public void schedule() {
    for (int i = 0; i < pending; i++) {
      handle();
    }
  }

  long run(int events) {
    for (int i = 0; i < events; i++) {
      Event event = queue.remove();
      nowPs = event.atPs;
      event.handler.handle();
    }
    return nowPs;
  }

  @Override
  public void handle() {
    queue.add(new Event(nowPs + increments.nextPs(), scheduled++, this));
  }

  private record Event(long atPs, long sequence, EventHandler handler)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return atPs != other.atPs
          ? Long.compare(atPs, other.atPs)
          : Long.compare(sequence, other.sequence);
    }
  }
}
