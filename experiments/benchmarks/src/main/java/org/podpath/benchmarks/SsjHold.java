package org.podpath.benchmarks;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.EventList;
import umontreal.ssj.simevents.eventlist.Henriksen;
import umontreal.ssj.simevents.eventlist.RedblackTree;
import umontreal.ssj.simevents.eventlist.SplayTree;

/** The hold model on SSJ, with an event list of its own: events that schedule themselves again. */
@State(Scope.Thread)
public class SsjHold {
  @Param({"1000", "10000", "100000"})
  int pending;

  @Param({"HENRIKSEN", "SPLAY_TREE", "REDBLACK_TREE"})
  List list;

  private final Increments increments = new Increments();
  private Simulator simulator;
  private int eventsLeft;

  /** Fills the event list. */
  @Setup
  public void schedule() {
    simulator = new Simulator(list.create());
    simulator.init();
    for (int i = 0; i < pending; i++) {
      new Hold().schedule(increments.nextPs());
    }
  }

  double run(int events) {
    eventsLeft = events;
    simulator.start();
    return simulator.time();
  }

  /** Event lists of SSJ. */
  public enum List {
    /** Doubly linked list under a balanced index: SSJ's recommendation for many events. */
    HENRIKSEN {
      @Override
      EventList create() {
        return new Henriksen();
      }
    },
    /** SSJ's default. */
    SPLAY_TREE {
      @Override
      EventList create() {
        return new SplayTree();
      }
    },
    /** {@link java.util.TreeMap} underneath. */
    REDBLACK_TREE {
      @Override
      EventList create() {
        return new RedblackTree();
      }
    };

    abstract EventList create();
  }

  private final class Hold extends Event {
    Hold() {
      super(simulator);
    }

    @Override
    public void actions() {
      schedule(increments.nextPs());
      if (--eventsLeft == 0) {
        simulator.stop();
      }
    }
  }
}
