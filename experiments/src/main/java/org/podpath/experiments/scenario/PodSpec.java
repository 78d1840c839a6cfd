package org.podpath.experiments.scenario;

/**
 * A pod that the scenario asks for.
 *
 * @param host from 0
 */
public record PodSpec(String name, String tenant, int host) {}
