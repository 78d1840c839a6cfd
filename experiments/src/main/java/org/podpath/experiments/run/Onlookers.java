package org.podpath.experiments.run;

import java.nio.file.Path;
import java.util.Optional;
import org.podpath.engine.results.Trace;
import org.podpath.experiments.timeline.Timeline;

/**
 * Who is shown what happens while runs are played.
 *
 * @param trace told the events of the first run
 * @param timeline given the tasks of the first run
 * @param captures folder that takes the frames of every run whose scenario wants them captured;
 *     empty: nobody captures
 */
public record Onlookers(
    Optional<Trace> trace, Optional<Timeline> timeline, Optional<Path> captures) {
  /** Nothing is shown to anybody. */
  public static final Onlookers NOBODY =
      new Onlookers(Optional.empty(), Optional.empty(), Optional.empty());

  /** Only {@code trace} is told. */
  public static Onlookers tracing(Trace trace) {
    return new Onlookers(Optional.of(trace), Optional.empty(), Optional.empty());
  }

  /** Only {@code timeline} is given anything. */
  public static Onlookers drawing(Timeline timeline) {
    return new Onlookers(Optional.empty(), Optional.of(timeline), Optional.empty());
  }

  /** Those of {@code run}, of so many; captures are then the file of this run. */
  Onlookers at(Run run, int runs) {
    boolean first = run.id() == 0;
    Optional<Path> file =
        captures.flatMap(
            folder -> run.point()
                .scenario()
                .capture()
                .map(wanted -> folder.resolve(wanted.fileOf(run.id(), runs))));
    return new Onlookers(trace.filter(t -> first), timeline.filter(t -> first), file);
  }
}
