package org.podpath.engine.datapath;

/**
 * The pod's own TCP/IP stack: the same on every container network.
 *
 * <p>A flow that fits into one super-packet is a message: one send call, one interrupt, one
 * wake-up, its acknowledgement rides on the reply. A longer one is a stream.
 *
 * @param streamSend each super-packet of a stream, before the container network
 * @param streamReceive each super-packet of a stream, after the container network
 * @param datagramSend each datagram, before the container network
 * @param datagramReceive each datagram, after the container network
 * @param acknowledgementsPerPacketRatio acknowledgements sent for each received super-packet of a
 *     stream
 * @param interruptsPerPacketRatio interrupts taken for each received super-packet of a stream
 * @param superPacketBytes largest super-packet (GSO)
 * @param fillRatio how full received super-packets are at most
 * @param headerBytes IP and TCP headers of a packet
 */
public record Stack(
    Datapath streamSend,
    Datapath streamReceive,
    Datapath messageSend,
    Datapath messageReceive,
    Datapath acknowledgementSend,
    Datapath acknowledgementReceive,
    Datapath datagramSend,
    Datapath datagramReceive,
    double acknowledgementsPerPacketRatio,
    double interruptsPerPacketRatio,
    int superPacketBytes,
    double fillRatio,
    int headerBytes) {

  /**
   * Mean size of a received super-packet when {@code waitingFrames} of its flow wait together: GRO
   * joins what is there, at most {@link #fillRatio} of a full super-packet, at least one frame.
   *
   * @param segmentBytes payload of a full frame
   */
  public long receivedPacketBytes(int segmentBytes, long waitingFrames) {
    double joined = fillRatio * Math.min(superPacketBytes, (double) segmentBytes * waitingFrames);
    return Math.max(segmentBytes, Math.round(joined));
  }
}
