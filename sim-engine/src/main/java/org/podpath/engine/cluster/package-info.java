/**
 * What exists: hosts with their cores and network cards, switches, links, tenants and their pods.
 * Immutable; nothing in here knows the time.
 */
package org.podpath.engine.cluster;
