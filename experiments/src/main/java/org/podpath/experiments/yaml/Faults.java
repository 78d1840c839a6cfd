package org.podpath.experiments.yaml;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.podpath.experiments.WrongInput;

/** Everything found wrong so far, so that the user sees it all at once. */
public final class Faults {
  private final Set<Fault> faults = new LinkedHashSet<>();

  /**
   * Notes a fault; the same fault at the same place counts once.
   *
   * @param what what is wrong; what to write, on one line
   */
  public void add(Place place, String what) {
    faults.add(new Fault(place, what));
  }

  /** How many there are so far. */
  public int count() {
    return faults.size();
  }

  /**
   * Goes on only if nothing is wrong.
   *
   * @throws WrongInput with every fault in the order of their lines
   */
  public void stopIfAny() {
    if (!faults.isEmpty()) {
      throw new WrongInput(lines());
    }
  }

  private List<String> lines() {
    return faults.stream()
        .sorted(Comparator.comparingInt(fault -> fault.place().line()))
        .map(fault -> fault.place() + ": " + fault.what())
        .toList();
  }

  private record Fault(Place place, String what) {}
}
