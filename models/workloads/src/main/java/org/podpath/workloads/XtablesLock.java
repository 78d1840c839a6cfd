package org.podpath.workloads;

import java.util.ArrayDeque;

/**
 * What lets one writer of a host at a time load a table. assumption: who waits longest goes next; Linux
 * lets them try again and again (iptables, xtables_lock).
 */
final class XtablesLock {
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean held;

  /** Runs {@code writes} once nobody else holds it; that ends with {@link #release}. */
  void acquire(Runnable writes) {
    if (held) {
      waiting.add(writes);
    } else {
      held = true;
      writes.run();
    }
  }

  /** Whoever holds it has written. */
  void release() {
    Runnable next = waiting.poll();
    held = next != null;
    if (held) {
      next.run();
    }
  }
}
