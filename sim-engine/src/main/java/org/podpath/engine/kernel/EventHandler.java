package org.podpath.engine.kernel;

/** What a one-off event does when its time has come. */
@FunctionalInterface
public interface EventHandler {

  /** Called once, with the clock at the event's time. */
  void handle();
}
