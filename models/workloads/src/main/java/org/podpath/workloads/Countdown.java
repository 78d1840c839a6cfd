package org.podpath.workloads;

import org.podpath.engine.kernel.EventHandler;

/** Several things that have to happen before another one does. */
final class Countdown {
  private final EventHandler then;
  /** One more until all are known. */
  private int left = 1;

  /** {@code then} is called once all have happened, or when there turns out to be none. */
  Countdown(EventHandler then) {
    this.then = then;
  }

  /** One more of them: what is returned is to be called when it has happened. */
  EventHandler oneMore() {
    left++;
    return this::one;
  }

  /** There will be no more. */
  void allKnown() {
    one();
  }

  private void one() {
    if (--left == 0) {
      then.handle();
    }
  }
}
