package org.podpath.experiments.capture;

import java.nio.ByteBuffer;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.traffic.Protocol;

/**
 * The bytes of frames, from the outermost Ethernet header to the last byte of payload, which is all
 * zeros. Every header is written around the rest of the frame, whose length is known, so one pass
 * does.
 */
final class FrameImage {
  private final Addressing addressing;
  private final OuterHeaders outer;
  private final IpPayload datagrams = new Udp();
  private final IpPayload reliable;

  /**
   * Frames of {@code network}.
   *
   * @throws IllegalArgumentException if it adds headers that no capture can show
   */
  FrameImage(Cluster cluster, Network network) {
    addressing = new Addressing(cluster);
    outer = new OuterHeaders(cluster, network);
    reliable =
        switch (network.transport()) {
          case Transport.Tcp tcp -> new Tcp(network);
          case Transport.Roce roce -> new Roce(network.segmentBytes());
        };
  }

  /** {@code frame} as it is at {@code nowPs}, without preamble and checksum. */
  byte[] of(long nowPs, SeenFrame frame) {
    IpPayload payload = frame.connection().protocol() == Protocol.UDP ? datagrams : reliable;
    ByteBuffer out =
        ByteBuffer.allocate(outer.bytes() + Ip.HEADER_BYTES + payload.bytes(frame));
    Ip.Addresses pods = addressing.pods(outer.source(frame), outer.destination(frame));
    boolean marked = frame.marked() && !outer.hideThePodsHeader();
    outer.write(out, frame, payload.ecn());
    Ip.write(out, payload.protocol(), marked ? Ip.Ecn.EXPERIENCED : payload.ecn(), pods);
    payload.write(out, nowPs, frame, pods);
    return out.array();
  }
}
