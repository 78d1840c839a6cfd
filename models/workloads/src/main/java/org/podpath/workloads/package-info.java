/**
 * What tenants do: jobs that start flows on an {@link org.podpath.engine.traffic.Engine} and
 * observe what becomes of them. Nothing in here knows how bytes travel.
 *
 * <p>To add a kind of job: one class that implements {@link org.podpath.workloads.Job}; random numbers
 * come from a stream of its own name, so that every network sees the same arrivals. To add a collective: a
 * function that appends tasks to a {@link org.podpath.workloads.TaskList}, and a line of {@link
 * org.podpath.workloads.Algorithm}; the tests of data flow then hold for it too. To add a model: a row of
 * {@code models.csv}.
 */
package org.podpath.workloads;
