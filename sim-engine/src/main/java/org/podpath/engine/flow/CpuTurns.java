package org.podpath.engine.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;

/**
 * Who of the messages at a CPU has it when: polls, one after the other, and threads in what polls leave
 * of it. A thread that reads takes all that has come on its connection when its turn begins.
 */
final class CpuTurns {
  private final Simulator simulator;
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
  /** Of those that wait, by what they read. */
  private final Map<Direction, Turn> readers = new LinkedHashMap<>();
  /** The thread that has it, or had it when a poll stopped it; null where there is none. */
  private Turn running;
  private long endPs;
  private long pollsUntilPs;
  private boolean looksAgain;

  /** Work of a thread. */
  private static final class Turn {
    /** What it reads; null where it sends. */
    final Direction reads;
    final List<EventHandler> done = new ArrayList<>();
    long ps;

    Turn(Direction reads) {
      this.reads = reads;
    }

    void add(long morePs, EventHandler told) {
      ps += morePs;
      done.add(told);
    }
  }

  CpuTurns(Simulator simulator) {
    this.simulator = simulator;
  }

  /** When all polls that have come will be over. */
  long pollsUntilPs() {
    return pollsUntilPs;
  }

  /** Something comes that stops threads, and can begin at {@code fromPs}, which is not before now. */
  void poll(long fromPs, long ps, EventHandler done) {
    long beginPs = Math.max(pollsUntilPs, fromPs);
    if (running != null && beginPs < endPs) {
      endPs += ps;
    }
    pollsUntilPs = beginPs + ps;
    simulator.after(pollsUntilPs - simulator.nowPs(), done);
  }

  /** A thread has something to send. */
  void send(long ps, EventHandler done) {
    Turn turn = new Turn(null);
    turn.add(ps, done);
    waiting.add(turn);
    goOn();
  }

  /** A thread has something to read that came on {@code direction}. */
  void read(Direction direction, long ps, EventHandler done) {
    Turn turn = readers.get(direction);
    if (turn == null) {
      turn = new Turn(direction);
      readers.put(direction, turn);
      waiting.add(turn);
    }
    turn.add(ps, done);
    goOn();
  }

  private void goOn() {
    if (running != null || waiting.isEmpty() || looksAgain) {
      return;
    }
    long nowPs = simulator.nowPs();
    if (pollsUntilPs > nowPs) {
      looksAgain = true;
      simulator.after(
          pollsUntilPs - nowPs,
          () -> {
            looksAgain = false;
            goOn();
          });
      return;
    }
    running = waiting.remove();
    readers.remove(running.reads);
    endPs = nowPs + running.ps;
    simulator.after(running.ps, this::ends);
  }

  private void ends() {
    long leftPs = endPs - simulator.nowPs();
    if (leftPs > 0) {
      simulator.after(leftPs, this::ends);
      return;
    }
    Turn over = running;
    running = null;
    over.done.forEach(EventHandler::handle);
    goOn();
  }
}
