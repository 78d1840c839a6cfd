package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.podpath.engine.results.RunReport;

/**
 * How a run ended, and what its reader should know.
 *
 * @param status one of {@link RunResult}'s
 * @param causes of a status that is not ok
 * @param notes what should be known beside it
 */
public record Ending(String status, List<String> causes, List<String> notes) {
  /** Between the parts of a message. */
  private static final String APART = " | ";

  private static final int MOST_FLOWS = 10;

  public Ending {
    causes = List.copyOf(causes);
    notes = List.copyOf(notes);
  }

  /** The end of a run that threw, and why. */
  static Ending failed(String why) {
    return new Ending(RunResult.FAILED, List.of(why), List.of());
  }

  /**
   * The end of a run that nothing threw out.
   *
   * @param byTime whether the scenario says when it ends; jobs may then be under way
   * @param jobsLeft how many were
   * @param known what should be known beside what the report says
   */
  static Ending of(RunReport report, boolean byTime, int jobsLeft, List<String> known) {
    List<String> notes = new ArrayList<>(known);
    notes.addAll(report.notes());
    if (!report.stuck().isEmpty() || jobsLeft > 0 && !byTime) {
      return new Ending(RunResult.STUCK, stuck(report, jobsLeft), notes);
    }
    if (!report.inVain().isEmpty()) {
      return new Ending(RunResult.STUCK, first(report.inVain()), notes);
    }
    return report.outsideValidity().isEmpty()
        ? new Ending(RunResult.OK, List.of(), notes)
        : new Ending(
            RunResult.OUTSIDE_VALIDITY, List.copyOf(report.outsideValidity()), notes);
  }

  private static List<String> stuck(RunReport report, int jobsLeft) {
    List<String> causes = new ArrayList<>(report.stuck());
    causes.add(
        (jobsLeft == 1 ? "1 job was" : jobsLeft + " jobs were") + " not done"
            + (report.stuck().isEmpty() ? " when nothing was left to happen" : ""));
    causes.addAll(first(report.unfinished()));
    return causes;
  }

  private static List<String> first(List<String> flows) {
    List<String> first = new ArrayList<>(flows.subList(0, Math.min(flows.size(), MOST_FLOWS)));
    if (flows.size() > MOST_FLOWS) {
      first.add("… and " + (flows.size() - MOST_FLOWS) + " more flows");
    }
    return first;
  }

  /** Causes and notes in one line; empty if there is none. */
  Optional<String> message() {
    String all = String.join(APART, Stream.concat(causes.stream(), notes.stream()).toList());
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }
}
