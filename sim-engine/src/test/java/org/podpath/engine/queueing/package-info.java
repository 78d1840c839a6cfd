/**
 * Queues with known answers on the real kernel: what the simulator says against the closed forms.
 *
 * <p>To add one: build it of {@link org.podpath.engine.queueing.FifoServer} and {@link
 * org.podpath.engine.queueing.Source}, and compare with {@link
 * org.podpath.engine.queueing.BatchMeans}.
 */
package org.podpath.engine.queueing;
