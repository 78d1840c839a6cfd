package org.podpath.engine.packet;

/** A queue of frames that softirqs of a core empty, one poll after the other (NAPI). */
interface Softirq extends Service {

  /** Whether the poll goes on: the service that ended was a part of it. */
  boolean goesOn();

  /** Frames that the last poll took. */
  int polledFrames();

  /** Whether frames wait for another poll. */
  boolean pending();
}
