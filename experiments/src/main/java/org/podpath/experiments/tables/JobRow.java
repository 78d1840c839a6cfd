package org.podpath.experiments.tables;

import org.podpath.experiments.Explain;

/** A job of a tenant: when it ran, or why it did not, and what sharing did to it. */
public record JobRow(
    @Explain("Number of the run.") long runId,
    @Explain("Tenant that owns the job.") String tenant,
    @Explain("Name of the job: its tenant and its place in the list, such as blue/0.") String job,
    @Explain("Kind of job, as the scenario spells it: train, serve, stream and so on.") String kind,
    @Explain("Container network that carries it.") String network,
    @Explain("How the tenants are kept apart; none if nothing does.") @Nullable String isolation,
    @Explain("When it was there to be placed, from the start of the simulation.") long submitNs,
    @Explain("When it started; none if it never did.") Long startNs,
    @Explain("When it was done; none if it was not.") Long endNs,
    @Explain("Why it was not placed; none if it was.") @Nullable String pendingReason,
    @Explain("Ranks that work together; none if the kind has no ranks.") Integer ranks,
    @Explain("Training steps done; none if the kind has no steps.") Integer steps,
    @Explain("Mean step time (train), p99 (serve) or completion time (stream) together, divided "
        + "by the same alone; none without both.") Double slowdownRatio,
    @Explain("Share of the time from start_ns to end_ns in which its GPUs computed, mean over "
        + "them; none without GPUs.") Double gpuBusyRatio,
    @Explain("What its resources cost; none without prices.") Double costUsd) {}
