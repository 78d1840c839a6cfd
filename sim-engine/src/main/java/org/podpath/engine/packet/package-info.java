/**
 * The packet engine: every frame on every wire, every service of every core. Queues and shares
 * emerge from it.
 *
 * <p>A core is a first-come server of {@link org.podpath.engine.packet.Service}s, a wire a virtual
 * clock with a ring of frames under way; each has at most one pending event. Start reading at
 * {@code PacketEngine}.
 */
package org.podpath.engine.packet;
