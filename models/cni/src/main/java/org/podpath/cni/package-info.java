/**
 * Container networks, one file each: the path of a packet as a table.
 *
 * <p>To add one: copy {@link org.podpath.cni.Cilium}, change the tables, add a line to {@link
 * org.podpath.cni.CniCatalog}. The tests in {@code CniCatalogTest} then hold for it too. What an
 * operation costs stands in {@code kernel-costs.csv} and nowhere else, how fast a kind of host is
 * in {@code host-profiles.csv}; both give the source of every number. No queues and no events in
 * here.
 */
package org.podpath.cni;
