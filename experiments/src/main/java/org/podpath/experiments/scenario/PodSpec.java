package org.podpath.experiments.scenario;

import java.util.OptionalInt;

/**
 * A pod that the scenario asks for.
 *
 * @param host from 0; empty while every job of the pod is pending
 * @param needsGpu true for ranks of training and for servers of models
 */
public record PodSpec(String name, String tenant, OptionalInt host, boolean needsGpu) {}
