package org.podpath.experiments.run;

import org.podpath.experiments.scenario.Job;

/**
 * A job as it went.
 *
 * @param name tenant and position, such as {@code blue/0}
 * @param donePs when it was done; −1 if it was not
 */
public record JobEnd(String name, String tenant, Job job, long donePs) {}
