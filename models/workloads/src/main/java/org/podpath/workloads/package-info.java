/**
 * What tenants do: jobs that start flows on an {@link org.podpath.engine.traffic.Engine} and
 * observe what becomes of them. Nothing in here knows how bytes travel.
 *
 * <p>To add a kind of job: one class that implements {@link org.podpath.workloads.Job}; random
 * numbers come from a stream of its own name, so that every network sees the same arrivals.
 */
package org.podpath.workloads;
