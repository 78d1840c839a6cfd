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
    double before = resource.fullLevel();
    double full = least < before ? least : before;
    long key = key(full);
    long queued = queue.key(resource.id);
    if (full != SharedResource.NOT_FULL && key < queued) {
      if (queued == Tournament.ABSENT && before != SharedResource.NOT_FULL) {
        pending++;
      }
      queue.set(resource.id, key);
    }
  }

  /** {@code resource}, which is not full nor queued, has to be visited; queued by {@link #queue}. */
  void addLater(SharedResource resource) {
    double full = resource.leastFullLevel();
    if (full != SharedResource.NOT_FULL) {
      queue.setLater(resource.id, key(full));
    }
  }

  /** Queues what was added later: of many together that is less work than of one by one. */
  void queue() {
    queue.play();
  }

  private long key(double fullLevel) {
    return fullLevel > level ? Double.doubleToRawLongBits(fullLevel) : bits;
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
