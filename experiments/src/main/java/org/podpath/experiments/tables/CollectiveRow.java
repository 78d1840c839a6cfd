package org.podpath.experiments.tables;

import org.podpath.experiments.Explain;

/** A collective operation of the ranks of a job. */
public record CollectiveRow(
    @Explain("Number of the run.") long runId,
    @Explain("Name of the job.") String job,
    @Explain("Operation, such as all-reduce.") String op,
    @Explain("How it is done, such as ring.") String algorithm,
    @Explain("Ranks that take part.") int ranks,
    @Explain("Size as nccl-tests state it: the larger of the two buffers that a rank sends from "
        + "and receives into.") long bytes,
    @Explain("When the first rank started, from the start of the simulation.") long startNs,
    @Explain("When the last rank was done; none if it was not.") Long endNs,
    @Explain("Algorithm bandwidth as nccl-tests define it: bytes divided by the time; none if it "
        + "was not done.") Long algbwBps,
    @Explain("Bus bandwidth as nccl-tests define it: algbw_bps times 2(n-1)/n for all-reduce, "
        + "(n-1)/n for the operations that are half of it; none if it was not "
        + "done.") Long busbwBps) {}
