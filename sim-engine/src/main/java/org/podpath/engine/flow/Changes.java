package org.podpath.engine.flow;

import java.util.Arrays;

/** Which flows have other levels after a solution than before it. */
final class Changes {
  /** One more than where a flow is among the touched; 0 for the others. */
  private int[] places = {};
  private int[] touched = {};
  /** Of each touched one. */
  private double[] levelsBefore = {};
  private int touches;

  /** A flow comes that had no level, whatever one of its number had. */
  void add(int flow, int room) {
    if (flow >= places.length) {
      places = Arrays.copyOf(places, room);
      touched = Arrays.copyOf(touched, room);
      levelsBefore = Arrays.copyOf(levelsBefore, room);
    }
    touch(flow, Levels.UNSETTLED);
    levelsBefore[places[flow] - 1] = Levels.UNSETTLED;
  }

  /** The level of a flow is about to change. */
  void touch(int flow, double level) {
    if (places[flow] == 0) {
      levelsBefore[touches] = level;
      touched[touches++] = flow;
      places[flow] = touches;
    }
  }

  /** How many flows have other levels than before the last time; {@link #flow} has them. */
  int take(double[] levels, UseTable table) {
    int changes = 0;
    for (int i = 0; i < touches; i++) {
      int flow = touched[i];
      places[flow] = 0;
      if (levelsBefore[i] != levels[flow] && table.has(flow)) {
        touched[changes++] = flow;
      }
    }
    touches = 0;
    return changes;
  }

  /** One of them, {@code index} from 0. */
  int flow(int index) {
    return touched[index];
  }
}
