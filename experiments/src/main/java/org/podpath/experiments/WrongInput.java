package org.podpath.experiments;

import java.util.ArrayList;
import java.util.List;

/**
 * What the user wrote cannot be used: the faults of a scenario, a data file or an option, each one
 * line {@code where: what is wrong; what to write}. A command prints the lines and ends with exit
 * status 2.
 */
public final class WrongInput extends RuntimeException {
  /** More faults than this at once are counted, not shown. */
  public static final int MOST_SHOWN = 20;

  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  /**
   * Faults in the order in which they are shown; after the first twenty comes only how many more
   * there are.
   *
   * @param faults one line each
   * @throws IllegalArgumentException if there is none
   */
  public WrongInput(List<String> faults) {
    super(String.join("\n", shown(faults)));
    this.lines = shown(faults);
  }

  /** A single fault. */
  public WrongInput(String fault) {
    this(List.of(fault));
  }

  /** What to print, one line each: at least one, at most twenty and the count of the others. */
  public List<String> lines() {
    return lines;
  }

  private static List<String> shown(List<String> faults) {
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("wrong input without a fault");
    }
    if (faults.size() <= MOST_SHOWN) {
      return List.copyOf(faults);
    }
    List<String> shown = new ArrayList<>(faults.subList(0, MOST_SHOWN));
    shown.add("… and " + (faults.size() - MOST_SHOWN) + " more");
    return List.copyOf(shown);
  }
}
