/**
 * JMH benchmarks of the engine and of its peers, on the same model and the same random numbers.
 *
 * <p>To add one: write a class {@code …Benchmark} whose states build the model in {@code @Setup},
 * and say in its Javadoc what is counted as one operation. Nothing shipped depends on this package.
 */
package org.podpath.benchmarks;
