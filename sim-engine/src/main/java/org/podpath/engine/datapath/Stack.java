package org.podpath.engine.datapath;

/**
 * The pod's own TCP/IP stack: the same on every container network.
 *
 * <p>A flow that fits into one super-packet is a message: one send call and one wake-up, and where a
 * reply follows, its acknowledgement rides on it. A longer one is a stream.
 *
 * @param streamSend each super-packet of a stream, before the container network
 * @param streamReceive each super-packet of a stream, after the container network
 * @param datagramSend each datagram, before the container network
 * @param datagramReceive each datagram, after the container network
 * @param localAnswersRatio acknowledgements for each super-packet of a stream that stays in its host;
 *     between hosts they follow from what polls join
 * @param superPacketBytes largest super-packet (GSO, GRO)
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
    double localAnswersRatio,
    int superPacketBytes,
    int headerBytes) {}
