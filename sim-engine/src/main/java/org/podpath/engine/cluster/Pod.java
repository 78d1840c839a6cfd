package org.podpath.engine.cluster;

/**
 * A pod: where it runs and on which CPUs.
 *
 * @param id position in {@link Cluster#pods()}
 * @param sendCpu its processes: what it sends, and the acknowledgements that come back
 * @param receiveCpu what arrives for it is copied here; with {@link Receive#POD_CORE} the kernel's
 *     part of receiving runs here too
 * @param card which of its host's network cards it uses, from 0
 */
public record Pod(
    int id, String name, int host, int tenant, int sendCpu, int receiveCpu, int card) {}
