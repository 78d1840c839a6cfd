package org.podpath.engine.flow;

/**
 * How much of each resource is taken, kept up to date as flows get and lose levels.
 *
 * <p>A flow that changes touches these numbers for all that it uses, which is most of the work of a
 * solution. So those of a resource lie side by side and apart from all else: of some hundred
 * resources they fit into the first cache of a core.
 */
final class Loads {
  /** How many numbers there are of each resource; the first is the one of its number times that. */
  static final int NUMBERS = 4;
  /** What its settled flows take, but for the drift. */
  static final int LOAD = 0;
  /** What one unit of level takes of its flows that have no level, but for the drift. */
  static final int UNSETTLED_USES = 1;
  /** The same of the flows that it holds at its level. */
  static final int HELD_USES = 2;
  /** At which level it was full when it was last visited. */
  static final int FULL_LEVEL = 3;

  final double[] numbers;
  /** How many flows of each resource have no level. */
  final int[] unsettled;

  private final SharedResource[] resources;
  private final UseTable table;

  /** {@code table} says what the flows take that come. */
  Loads(SharedResource[] resources, UseTable table) {
    this.resources = resources;
    this.table = table;
    numbers = new double[NUMBERS * resources.length];
    unsettled = new int[resources.length];
  }

  /**
   * A flow loses its level.
   *
   * @param begin where the resources that it uses begin in the table
   * @param end where they end
   * @param holder what held it and lets it go; no resource if all is let go anyway
   */
  void unsettled(int begin, int end, double level, int holder) {
    int[] on = table.resources;
    double[] uses = table.uses;
    double[] numbers = this.numbers;
    int[] unsettled = this.unsettled;
    for (int i = begin; i < end; i++) {
      int id = on[i];
      int at = NUMBERS * id;
      double use = uses[i];
      numbers[at + LOAD] -= use * level;
      numbers[at + UNSETTLED_USES] += use;
      if (unsettled[id]++ == 0) {
        resources[id].guardedLevel = 0;
      }
      if (id == holder) {
        numbers[at + HELD_USES] -= use;
      }
    }
  }

  /** A flow that had no level gets one; what else it uses that is full has to be visited. */
  void settled(int begin, int end, double level, int holder, Visits visits) {
    int[] on = table.resources;
    double[] uses = table.uses;
    double[] numbers = this.numbers;
    int[] unsettled = this.unsettled;
    for (int i = begin; i < end; i++) {
      int id = on[i];
      int at = NUMBERS * id;
      double use = uses[i];
      numbers[at + LOAD] += use * level;
      double left = numbers[at + UNSETTLED_USES] - use;
      numbers[at + UNSETTLED_USES] = --unsettled[id] == 0 ? 0 : left;
      if (id != holder && numbers[at + FULL_LEVEL] != SharedResource.NOT_FULL) {
        visits.add(resources[id]);
      }
    }
  }

  /**
   * A flow gets a level that is lower by so much, as {@link #settled} says.
   *
   * @param before what held it, and lets it go
   */
  void lowered(int begin, int end, double byLevel, int before, int holder, Visits visits) {
    int[] on = table.resources;
    double[] uses = table.uses;
    double[] numbers = this.numbers;
    for (int i = begin; i < end; i++) {
      int id = on[i];
      int at = NUMBERS * id;
      numbers[at + LOAD] -= uses[i] * byLevel;
      if (id == before) {
        numbers[at + HELD_USES] -= uses[i];
      }
      if (id != holder && numbers[at + FULL_LEVEL] != SharedResource.NOT_FULL) {
        visits.add(resources[id]);
      }
    }
  }
}
