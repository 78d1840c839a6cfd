package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.tables.Dataset;

/**
 * Writes each result into the tables of a dataset. A run and its jobs alone are written together, as soon as
 * the last of them is there: the slowdown by sharing needs both.
 */
public final class SaveExperiment implements Consumer<RunResult> {
  private final RunRows rows;
  private final Dataset dataset;
  private final List<RunResult> group = new ArrayList<>();

  /** Results of {@code experiment} go to {@code dataset}. */
  public SaveExperiment(Experiment experiment, Dataset dataset) {
    this.dataset = dataset;
    rows = new RunRows(experiment, ThisProgram.here());
  }

  @Override
  public void accept(RunResult result) {
    if (result.run().alone().isEmpty()) {
      finish();
    }
    group.add(result);
  }

  /** Writes what has not been written. To be called when the last result has come. */
  public void finish() {
    if (!group.isEmpty()) {
      List<RunResult> alone = group.subList(1, group.size());
      rows.of(group.getFirst(), alone, dataset::write);
      alone.forEach(result -> rows.of(result, List.of(), dataset::write));
      group.clear();
    }
  }
}
