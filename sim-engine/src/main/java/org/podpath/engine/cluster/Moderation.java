package org.podpath.engine.cluster;

/** How a network card holds interrupts back, so that one serves several frames. */
public enum Moderation {
  /** So long after the first frame (ethtool rx-usecs): a lone request pays it in full. */
  TIMER,
  /** At least so long after the last interrupt: a lone request pays nothing, a stream the wait. */
  THROTTLE,
  /**
   * A timer that follows the load: the profile's own time while the queue has quiet times, {@link
   * HostProfile#BULK_MODERATION_PS} while frames come all the time; none at all where that time is 0.
   */
  ADAPTIVE
}
