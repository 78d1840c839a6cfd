package org.podpath.experiments.tables;

import org.podpath.experiments.Explain;

/**
 * A request to a service and where its time went. There are many: it holds no boxes, and a negative
 * time is none.
 */
public record RequestRow(
    @Explain("Number of the run.") long runId,
    @Explain("Tenant that owns the service.") String tenant,
    @Explain("Name of the job that serves.") String service,
    @Explain("When the client had it to send, from the start of the simulation.") long arriveNs,
    @Explain("Time it waited at the server to be served; none if it was not.")
    @Nullable long queueNs,
    @Explain("Time it and its reply were under way, hosts included: total_ns without queue_ns "
        + "and compute_ns; none if it was not answered.")
    @Nullable long networkNs,
    @Explain("Time the server worked on it; none if it did not.") @Nullable long computeNs,
    @Explain("Time from arrive_ns until the client has read the reply; none if it has not.")
    @Nullable long totalNs,
    @Explain("ok; late if it took longer than the slo of the job; unfinished if the run ended "
        + "before the reply.") String outcome) {}
