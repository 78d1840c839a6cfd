package org.podpath.experiments.tables;

import org.podpath.experiments.Explain;

/** What may differ between two executions of a run: the only table that is not reproducible. */
public record ExecutionRow(
    @Explain("Number of the run.") long runId,
    @Explain("Version of Podpath that ran it.") String toolVersion,
    @Explain("Commit of the checkout it was built from; none outside of one.")
    @Nullable String gitCommit,
    @Explain("Whether the checkout had uncommitted changes; none outside one.") Boolean gitDirty,
    @Explain("Java virtual machine: its name and version.") String jvm,
    @Explain("Name of the machine.") String host,
    @Explain("Time that the run took by the wall clock.") long wallNs,
    @Explain("CPU time of the thread that ran it; none if the machine does not tell.") Long cpuNs,
    @Explain("Memory that the run allocated; none if the JVM does not tell.") Long allocatedBytes,
    @Explain("Largest resident memory of the process up to the end of the run; none if the "
        + "machine does not tell.") Long peakRssBytes) {}
