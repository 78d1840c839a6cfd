/**
 * What happens to a packet inside a host, as data: lists of stages, read top to bottom like the
 * kernel path, and the law by which they cost time.
 *
 * <p>The list is the description; {@link org.podpath.engine.datapath.Segment} is the same list
 * added up for one core of one kind of host, which is what both engines play. A new kind of {@link
 * org.podpath.engine.datapath.Stage} does not compile until it is added up there.
 */
package org.podpath.engine.datapath;
