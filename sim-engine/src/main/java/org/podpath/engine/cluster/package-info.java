/**
 * What exists: hosts with their cores and network cards, switches, links, tenants and their pods.
 * Immutable; nothing in here knows the time.
 *
 * <p>A {@link org.podpath.engine.cluster.Fabric} draws a
 * {@link org.podpath.engine.cluster.Topology} on a {@link org.podpath.engine.cluster.Blueprint};
 * {@link org.podpath.engine.cluster.Routes} finds the ways through it. To add a fabric: copy
 * {@link org.podpath.engine.cluster.RailOptimised}, change what it draws, and name it behind
 * {@code permits} in {@code Fabric}. The tests in {@code FabricTest} then hold for it too.
 */
package org.podpath.engine.cluster;
