/**
 * The simulator itself: time, cluster, datapath, traffic and the two engines that play it.
 *
 * <p>The packages are layers, each uses only those before it: {@code units}, {@code kernel}, {@code
 * cluster}, {@code datapath}, {@code traffic}, {@code results}, {@code packet}, {@code flow}. The
 * two engines never see each other. Nothing in here knows a container network by name, reads a file
 * or prints a line.
 */
package org.podpath.engine;
