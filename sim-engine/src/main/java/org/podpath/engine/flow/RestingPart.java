package org.podpath.engine.flow;

/**
 * A whole number that follows rates that follow it, such as the part of a link that a stream gets. What
 * costs a core more than it has is given up, and then the core could have it again: at one instant a
 * number that has risen and fallen rises no more, so that it comes to rest. In truth it would be in
 * between, with the core just full: at the rates of the lower number.
 */
final class RestingPart {
  private static final long NEVER = -1;

  private long roseAt = NEVER;
  private long restsAt = NEVER;

  /**
   * What it will be.
   *
   * @param now what it is
   * @param asked what rates say
   * @param instant number of the instant
   */
  int next(int now, int asked, long instant) {
    return restsAt == instant ? Math.min(now, asked) : asked;
  }

  /** It has become another number. */
  void became(int before, int now, long instant) {
    if (now > before) {
      roseAt = instant;
    } else if (now < before && roseAt == instant) {
      restsAt = instant;
    }
  }
}
