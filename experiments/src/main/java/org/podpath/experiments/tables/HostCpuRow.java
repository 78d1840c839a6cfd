package org.podpath.experiments.tables;

import org.podpath.experiments.Explain;

/**
 * What one core of one host did for one tenant in one component during a window of time; a core that
 * did nothing in it has no row.
 */
public record HostCpuRow(
    @Explain("Number of the run.") long runId,
    @Explain("Name of the host.") String host,
    @Explain("Number of the logical CPU on the host, from 0.") int core,
    @Explain("Tenant that the work was for; none for work that belongs to no tenant.")
    @Nullable String tenant,
    @Explain("Part of the system that worked: app, copy, protocol, host-path, driver, irq, "
        + "proxy, poll, machine, daemon or agent.") String component,
    @Explain("Start of the window, from the start of the simulation.") long windowStartNs,
    @Explain("Length of the window.") long windowNs,
    @Explain("CPU time in the window.") long busyNs,
    @Explain("Packets handled in the window.") long packets,
    @Explain("Payload handled in the window.") long bytes) {}
