package org.podpath.engine.datapath;

/** Whose core a stage runs on. */
public enum CoreRole {
  /** The application's core: the sender's on the way out, the receiver's once data has arrived. */
  APP,
  /** The core that takes the network card's interrupts for the flow. */
  SOFTIRQ,
  /**
   * A core of the host that its datapath owns and that polls: it takes no interrupts, is never idle and
   * never cold, and does all of its work for a frame before it takes the next.
   */
  POLLING,
  /** A core of the host on which nothing but vhost threads runs, between its guest and its kernel. */
  VHOST
}
