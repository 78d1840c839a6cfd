package org.podpath.workloads;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.RuleWriter;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.traffic.Engine;

/** A writer of a host, and the changes that it has not written yet. */
final class WriteQueue {
  private final Simulator simulator;
  private final Engine engine;
  private final Host host;
  private final RuleWriter writer;
  private final XtablesLock lock;
  private final ArrayDeque<Changes> waiting = new ArrayDeque<>();
  private long nextPs;
  /** Whether it writes, or will. */
  private boolean begun;

  /** Pods that came or went together. */
  private static final class Changes {
    private final EventHandler written;
    private int left;

    private Changes(int left, EventHandler written) {
      this.left = left;
      this.written = written;
    }
  }

  /** Nothing has changed. */
  WriteQueue(
      Simulator simulator, Engine engine, Host host, RuleWriter writer, XtablesLock lock) {
    this.simulator = simulator;
    this.engine = engine;
    this.host = host;
    this.writer = writer;
    this.lock = lock;
  }

  /** What writes. */
  RuleWriter writer() {
    return writer;
  }

  /** So many pods have come or gone; {@code written} is called when all of that is in force. */
  void add(int changes, EventHandler written) {
    waiting.add(new Changes(changes, written));
    if (!begun) {
      begun = true;
      simulator.after(Math.max(0, nextPs - simulator.nowPs()), this::begin);
    }
  }

  private void begin() {
    if (writer.locks()) {
      lock.acquire(this::write);
    } else {
      write();
    }
  }

  private void write() {
    nextPs = simulator.nowPs() + writer.gapPs();
    int changes = 0;
    if (writer.together()) {
      for (Changes change : waiting) {
        changes += change.left;
        change.left = 0;
      }
    } else {
      changes = 1;
      waiting.getFirst().left--;
    }
    double hostPs = writer.ps(changes) * host.profile().slownessRatio();
    engine.agent(host.id(), hostPs, this::written);
  }

  private void written() {
    if (writer.locks()) {
      lock.release();
    }
    List<Changes> over = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.getFirst().left == 0) {
      over.add(waiting.removeFirst());
    }
    begun = !waiting.isEmpty();
    if (begun) {
      simulator.after(Math.max(0, nextPs - simulator.nowPs()), this::begin);
    }
    over.forEach(changes -> changes.written.handle());
  }
}
