/**
 * The packet engine: every frame on every link, every service of every core. Queues and shares emerge
 * from it.
 *
 * <p>Three parts. <b>Fabric</b>: a {@code Frame} is three numbers; it passes {@code Ports} ({@code
 * FifoPorts}, which know at arrival when a frame leaves, or a {@code ClassedPort} with real queues)
 * along the {@code Ways} of its {@code Channel}, one direction of a connection. <b>Transports</b>: a
 * channel has a {@code Carrier}, both ends of a protocol: {@code HostedTcp} through the kernels of
 * hosts, {@code BareTcp} without, {@code Roce}, {@code Datagrams}; TCP is {@code TcpSender} with a
 * {@code CongestionControl}, and {@code TcpReceiver}. <b>Hosts</b>: a {@code CpuCore} runs {@link
 * org.podpath.engine.packet.Softirq}s before the {@link org.podpath.engine.packet.Service}s of {@code
 * CpuThread}s: a {@code Sender} makes super-packets, a {@code ReceiveQueue} polls, a {@code Receiver}
 * is TCP in a poll, a {@code Reader} its application. {@code PolledWays} lead through a {@code
 * PollingCore} between pods and fabric where a host has a switch on cores of its own. Start reading at {@code PacketEngine}.
 *
 * <p>To add a congestion control: a class beside {@code Reno} and a line in {@code
 * Transport.Control}; the compiler finds the rest.
 */
package org.podpath.engine.packet;
