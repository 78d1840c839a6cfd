package org.podpath.experiments.tables;

import org.podpath.experiments.Explain;

/** A training step: what it computed, what it sent, and how much of that it had to wait for. */
public record StepRow(
    @Explain("Number of the run.") long runId,
    @Explain("Name of the job.") String job,
    @Explain("Number of the step within the job, from 0.") int step,
    @Explain("When the step started, from the start of the simulation.") long startNs,
    @Explain("Time that the slowest rank computed.") long computeNs,
    @Explain("Time in which at least one transfer of the step was under way.") long commNs,
    @Explain("Communication that no computing hides: length of the step without "
        + "compute_ns.") long exposedCommNs,
    @Explain("Rank that computed longest, the lowest of equals; none if all took the same "
        + "time.") Integer stragglerRank) {}
