package org.podpath.engine.flow;

import java.util.Arrays;

/** Which flows have other levels after a solution than before it. */
final class Changes {
  private static final double UNTOUCHED = Double.NaN;

  private double[] levelsBefore = {};
  private int[] touched = {};
  private int touches;

  /** A flow comes that had no level, whatever one of its number had. */
  void add(int flow, int room) {
    if (flow >= touched.length) {
      int before = touched.length;
      touched = Arrays.copyOf(touched, room);
      levelsBefore = Arrays.copyOf(levelsBefore, room);
      Arrays.fill(levelsBefore, before, room, UNTOUCHED);
    }
    if (!Double.isNaN(levelsBefore[flow])) {
      levelsBefore[flow] = Levels.UNSETTLED;
    }
  }

  /** The level of a flow is about to change. */
  void touch(int flow, double level) {
    if (Double.isNaN(levelsBefore[flow])) {
      levelsBefore[flow] = level;
      touched[touches++] = flow;
    }
  }

  /** How many flows have other levels than before the last time; {@link #flow} has them. */
  int take(double[] levels, UseTable table) {
    int changes = 0;
    for (int i = 0; i < touches; i++) {
      int flow = touched[i];
      if (levelsBefore[flow] != levels[flow] && table.has(flow)) {
        touched[changes++] = flow;
      }
      levelsBefore[flow] = UNTOUCHED;
    }
    touches = 0;
    return changes;
  }

  /** One of them, {@code index} from 0. */
  int flow(int index) {
    return touched[index];
  }
}
