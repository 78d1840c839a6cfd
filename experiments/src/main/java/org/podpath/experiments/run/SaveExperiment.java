package org.podpath.experiments.run;

import java.util.function.Consumer;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.tables.Dataset;

/** Writes each result into the tables of a dataset. */
public final class SaveExperiment implements Consumer<RunResult> {
  private final RunRows rows;
  private final Dataset dataset;

  /** Results of {@code experiment} go to {@code dataset}. */
  public SaveExperiment(Experiment experiment, Dataset dataset) {
    this.dataset = dataset;
    rows = new RunRows(experiment, ThisProgram.here());
  }

  @Override
  public void accept(RunResult result) {
    rows.of(result).forEach(dataset::write);
  }
}
