package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.results.RunReport;

/**
 * How a run ended, and what its reader should know.
 *
 * @param status one of {@link RunResult}'s
 */
record Ending(String status, List<String> messages) {
  private static final int MOST_FLOWS = 10;

  Ending {
    messages = List.copyOf(messages);
  }

  /** The messages in one line; empty if there is none. */
  Optional<String> message() {
    return messages.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(RunResult.MESSAGES_APART, messages));
  }

  /**
   * The end of a run that nothing threw out.
   *
   * @param byTime whether the scenario says when it ends; jobs may then be under way
   * @param jobsLeft how many were
   * @param known what was known before
   */
  static Ending of(RunReport report, boolean byTime, int jobsLeft, List<String> known) {
    List<String> messages = new ArrayList<>(known);
    messages.addAll(report.notes());
    if (!report.stuck().isEmpty() || jobsLeft > 0 && !byTime) {
      messages.addAll(report.stuck());
      messages.add(
          (jobsLeft == 1 ? "1 job was" : jobsLeft + " jobs were") + " not done"
              + (report.stuck().isEmpty() ? " when nothing was left to happen" : ""));
      addFlows(report.unfinished(), messages);
      return new Ending(RunResult.STUCK, messages);
    }
    if (!report.outsideValidity().isEmpty()) {
      messages.addAll(report.outsideValidity());
      return new Ending(RunResult.OUTSIDE_VALIDITY, messages);
    }
    return new Ending(RunResult.OK, messages);
  }

  private static void addFlows(List<String> flows, List<String> messages) {
    messages.addAll(flows.subList(0, Math.min(flows.size(), MOST_FLOWS)));
    if (flows.size() > MOST_FLOWS) {
      messages.add("… and " + (flows.size() - MOST_FLOWS) + " more flows");
    }
  }
}
