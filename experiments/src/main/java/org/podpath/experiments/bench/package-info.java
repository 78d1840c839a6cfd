/**
 * How fast this machine simulates: workloads that are built in, each timed in a process of its own.
 *
 * <p>To add one: write a {@link org.podpath.experiments.bench.Model} and a line in {@link
 * org.podpath.experiments.bench.Workload}. What is timed is the whole process, with the start of
 * the JVM and its compiler. Differences of a few percent need JMH instead: see {@code
 * experiments/benchmarks}.
 */
package org.podpath.experiments.bench;
