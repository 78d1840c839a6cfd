package org.podpath.engine.results;

import org.podpath.engine.datapath.Component;

/**
 * What one CPU did of one kind for one tenant during a run.
 *
 * @param packets super-packets that passed
 * @param bytes bytes of payload that passed
 */
public record CpuTime(
    int host, int cpu, int tenant, Component component, long busyPs, long packets, long bytes) {}
