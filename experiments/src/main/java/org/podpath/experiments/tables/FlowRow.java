package org.podpath.experiments.tables;

import org.podpath.experiments.Explain;

/** A flow: bytes that had to get from one pod to another. */
public record FlowRow(
    @Explain("Number of the run.") long runId,
    @Explain("Number of the flow within the run.") long flow,
    @Explain("Tenant that owns the flow.") String tenant,
    @Explain("Pod that sends.") String src,
    @Explain("Pod that receives.") String dst,
    @Explain("Payload that was delivered.") long bytes,
    @Explain("When the flow started, from the start of the simulation.") long startNs,
    @Explain("Flow completion time: from the start until the last byte is with the receiving "
        + "pod; none if the flow did not finish.") Long fctNs,
    @Explain("fct_ns on an idle cluster; none if it was not computed.") Long idealFctNs,
    @Explain("fct_ns divided by ideal_fct_ns; none without both.") Double slowdownRatio,
    @Explain("Payload divided by fct_ns; none if the flow did not finish.") Long goodputBps,
    @Explain("Segments sent again; none in the flow engine.") Long retransmits,
    @Explain("Outer headers on the wire: of data, of what was sent again and of what answers it.") Long encapBytes,
    @Explain("What the network policies decided: allow or deny; none without policies.")
    @Nullable String verdict,
    @Explain("Rule that decided; none without policies.")
    @Nullable String rule) {}
