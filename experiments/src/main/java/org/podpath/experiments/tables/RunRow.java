package org.podpath.experiments.tables;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.podpath.experiments.Explain;

/** A run: one point of a sweep with one seed. The same for every execution of the same scenario. */
public record RunRow(
    @Explain("Number of the run; every table names it.") long runId,
    @Explain("Name of the experiment, from the scenario.") String experiment,
    @Explain("Number of the point of the sweep, from 0; 0 without a sweep.") int point,
    @Explain("Number of the repetition of the point, from 0.") int repeat,
    @Explain("Seed of the random streams of the run.") long seed,
    @Explain("Engine that played it: packet or flow.") String engine,
    @Explain("Host profile that the costs were taken from.") String profile,
    @Explain("SHA-256 of the scenario as run, in hexadecimal digits.") String scenarioSha256,
    @Explain("What the sweep set for this point, in order of key.") Map<String, String> params,
    @Explain("ok, failed, stuck (it could not go on), or outside validity "
        + "of the engine.") String status,
    @Explain("Why the status is not ok, then notes for the reader; none if there is none of it.")
    @Nullable String message,
    @Explain("Simulated time from the start to the last event.") long simulatedNs,
    @Explain("Events that the engine handled.") long events,
    @Explain("Packets delivered, counted at each link; none in the flow engine.") Long packetHops) {

  /** Puts the parameters in order of their key, so that equal runs are equal bytes. */
  public RunRow {
    params = Collections.unmodifiableMap(new TreeMap<>(params));
  }
}
