package org.podpath.engine.flow;

/**
 * Where a sweep is, and what it has still to visit, in order of (level, number): resources by their
 * numbers, after them the caps of flows.
 */
final class Visits {
  private final Tournament queue = new Tournament();
  private final int resources;
  /** The level that the sweep has reached. */
  double level;
  /** Its bits, which sort as levels do. */
  long bits;
  /** How many resources are queued that need a visit although all flows have levels. */
  private int pending;

  Visits(int resources) {
    this.resources = resources;
  }

  /** The sweep is at {@code level}. */
  void at(double level) {
    this.level = level;
    bits = Double.doubleToRawLongBits(level);
  }

  /** Goes on to what is first: a resource, or past the numbers of these a flow that has a cap. */
  int next() {
    bits = queue.firstKey();
    level = Double.longBitsToDouble(bits);
    return queue.first();
  }

  /** Whether resources need a visit although all flows have levels. */
  boolean arePending() {
    return pending > 0;
  }

  /** Whether all that is queued comes after a level with these bits. */
  boolean areAfter(long bits) {
    return bits < queue.firstKey();
  }

  /** {@code resource} has to be visited. */
  void add(SharedResource resource) {
    if (resource.close) {
      return;
    }
    double least = resource.leastFullLevel();
    double full = least < resource.fullLevel ? least : resource.fullLevel;
    long key = full > level ? Double.doubleToRawLongBits(full) : bits;
    long before = queue.key(resource.id);
    if (full != SharedResource.NOT_FULL && key < before) {
      if (before == Tournament.ABSENT && resource.fullLevel != SharedResource.NOT_FULL) {
        pending++;
      }
      queue.set(resource.id, key);
    }
  }

  /**
   * Flows on {@code resource} have lost their levels and get others before the sweep is past {@code
   * guardedLevel}: it has to be visited if it may be full by then.
   */
  void addUnlessFullLater(SharedResource resource, double guardedLevel) {
    if (guardedLevel > resource.guardedLevel) {
      resource.guardedLevel = guardedLevel;
    }
    if (!resource.close && !resource.canWait()) {
      add(resource);
    }
  }

  /** {@code flow} stays at {@code capLevel} once the sweep gets there. */
  void addCap(int flow, double capLevel) {
    if (capLevel != Use.NO_CAP) {
      queue.set(resources + flow, Double.doubleToRawLongBits(Math.max(level, capLevel)));
    }
  }

  void removeCap(int flow) {
    queue.set(resources + flow, Tournament.ABSENT);
  }

  /** A resource is visited; {@link #again} or {@link #remove} says what becomes of it. */
  void visited(SharedResource resource) {
    if (resource.needsVisit()) {
      pending--;
    }
  }

  /** There is nothing more to find at a visited resource. */
  void remove(SharedResource resource) {
    queue.set(resource.id, Tournament.ABSENT);
  }

  /** A visited resource is visited again at {@code fullLevel}. */
  void again(SharedResource resource, double fullLevel) {
    queue.set(resource.id, Double.doubleToRawLongBits(fullLevel));
    if (resource.needsVisit()) {
      pending++;
    }
  }

  void clear() {
    queue.clear();
  }
}
